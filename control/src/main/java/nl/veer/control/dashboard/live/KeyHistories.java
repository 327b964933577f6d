package nl.veer.control.dashboard.live;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import nl.veer.control.dashboard.view.KeyEvent;
import nl.veer.control.dashboard.view.KeyHistory;
import nl.veer.control.dashboard.view.KeyHistory.State;
import nl.veer.verifier.blame.RowTrail;
import nl.veer.verifier.blame.RowTrail.Reach;
import nl.veer.verifier.blame.RowTrail.Topic;
import nl.veer.verifier.blame.TrailEvent;

/** Says of what was found of a row what it is, and what is missing. Pure. */
final class KeyHistories {
  private KeyHistories() {}

  static KeyHistory of(RowTrail trail) {
    List<String> missing = new ArrayList<>();
    say("log", trail.log(), missing);
    say("echo", trail.echo(), missing);
    State log = state(trail.log().reach());
    State echo = state(trail.echo().reach());
    return new KeyHistory(
        log.compareTo(echo) > 0 ? log : echo,
        missing.isEmpty() ? null : String.join(" ", missing),
        events(trail.log()),
        events(trail.echo()),
        missing.isEmpty());
  }

  static KeyHistory notKept(String words) {
    return new KeyHistory(State.NOT_KEPT, words, List.of(), List.of(), false);
  }

  private static State state(Reach reach) {
    return switch (reach) {
      case WHOLE -> State.DONE;
      case BEGINNING_GONE, ABSENT -> State.NOT_KEPT;
      case NEWEST, OUT_OF_TIME -> State.TOO_FAR;
    };
  }

  private static void say(String name, Topic topic, List<String> missing) {
    switch (topic.reach()) {
      case WHOLE -> {
        // Nothing is missing.
      }
      case BEGINNING_GONE -> missing.add("The beginning of the %s is gone.".formatted(name));
      case ABSENT -> missing.add("There is no %s, or a part of it went meanwhile.".formatted(name));
      case NEWEST ->
          missing.add(
              String.format(
                  Locale.ROOT,
                  "Of the %s only the last %,d records were read.",
                  name,
                  topic.read()));
      case OUT_OF_TIME ->
          missing.add(
              String.format(
                  Locale.ROOT,
                  "Of the %s %,d records were read in time, and not its end.",
                  name,
                  topic.read()));
    }
    if (topic.more()) {
      missing.add(
          "Of the %s only the last %d events of the row are shown."
              .formatted(name, topic.events().size()));
    }
  }

  private static List<KeyEvent> events(Topic topic) {
    return topic.events().stream().map(KeyHistories::event).toList();
  }

  private static KeyEvent event(TrailEvent one) {
    return new KeyEvent(
        one.position().text(),
        one.transaction(),
        one.databaseTransaction(),
        one.committedAt().toString(),
        one.op().name(),
        one.columns(),
        one.before(),
        one.after(),
        one.by() == null ? null : one.by().name(),
        one.applied() == 0 ? null : (Long) one.applied());
  }
}
