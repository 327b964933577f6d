package nl.veer.control.status;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import nl.veer.connectors.event.WaveId;
import nl.veer.control.word.Heard;
import nl.veer.control.word.Speaker;
import nl.veer.control.word.Word;
import nl.veer.control.word.Words;

/**
 * What the roles of a wave's leg say, as a status needs it. Pure.
 *
 * @param home the wave as configured
 * @param expected the roles that the configuration asks for
 */
record LegWords(Words words, WaveId home, int leg, Set<Speaker> expected) {

  LegWords {
    expected = Set.copyOf(expected);
  }

  Optional<Heard> last(Speaker speaker) {
    return words.last(home, leg, speaker);
  }

  /** Whether a role is there: it says so, or says nothing and has a session. */
  boolean isThere(Speaker speaker, boolean connected) {
    return connected || last(speaker).filter(Heard::speaks).isPresent();
  }

  /** Whether one that carries the wave says something. */
  boolean speak() {
    return carriers().anyMatch(Heard::speaks);
  }

  /** The one that carries the wave and is not well, or not known to be. */
  Optional<Heard> trouble() {
    return carriers()
        .filter(heard -> heard.silent() || (heard.speaks() && !heard.word().doing().isFine()))
        .findFirst();
  }

  private Stream<Heard> carriers() {
    return Stream.of(Speaker.CAPTURE, Speaker.REPLICATOR).flatMap(one -> last(one).stream());
  }

  /** How a role ended that is not there any more, behind the words that it is not. */
  String end(Speaker speaker) {
    return last(speaker)
        .filter(Heard::hasEnded)
        .map(
            heard -> {
              String why = heard.word().failure();
              return " (it ended %s ago%s)"
                  .formatted(
                      StatusTable.duration(heard.age().toMillis()), why == null ? "" : ", " + why);
            })
        .orElse("");
  }

  static WaveState state(Heard heard) {
    if (heard.silent()) {
      return WaveState.SILENT;
    }
    return switch (heard.word().doing()) {
      case STARTING, WAITING -> WaveState.STARTING;
      case LOADING -> WaveState.LOADING;
      case CATCHING_UP -> WaveState.CATCHING_UP;
      case RUNNING -> WaveState.REPLICATING;
      case RETRYING -> WaveState.RETRYING;
      case INCIDENT -> WaveState.INCIDENT;
      case FAILED -> WaveState.FAILED;
      case ENDED -> WaveState.STOPPED;
      case UNREADABLE -> WaveState.UNKNOWN;
    };
  }

  /** What is wrong with a role, for people. */
  static String words(Heard heard) {
    Word word = heard.word();
    String role = word.key().speaker().word();
    if (!heard.silent()) {
      return role + ": " + (word.failure() == null ? word.doing() : word.failure());
    }
    return "The %s is silent: its last word, %s, is %s old (process %s)"
        .formatted(role, word.doing(), age(heard.age()), word.key().instance());
  }

  private static String age(Duration age) {
    return StatusTable.duration(age.toMillis());
  }

  /**
   * One for each role that should be there, and for a cutover that is under way; none where it is
   * not known who says what.
   */
  List<RoleFigures> figures() {
    if (!words.isRead()) {
      return List.of();
    }
    List<RoleFigures> figures = new ArrayList<>();
    for (Speaker speaker : Speaker.values()) {
      Optional<Heard> heard = last(speaker);
      if (heard.isPresent()) {
        if (speaker != Speaker.CUTOVER || !heard.get().hasEnded()) {
          figures.add(figures(heard.get()));
        }
      } else if (expected.contains(speaker)) {
        figures.add(
            new RoleFigures(
                speaker.word(), RoleFigures.NO_WORD, null, null, null, null, 0, null, null));
      }
    }
    return figures;
  }

  private RoleFigures figures(Heard heard) {
    Word word = heard.word();
    return new RoleFigures(
        word.key().speaker().word(),
        heard.silent() ? RoleFigures.SILENT : word.doing().name(),
        word.doing().name(),
        heard.age().toMillis(),
        word.at().toString(),
        word.key().instance(),
        words.speaking(home, leg, word.key().speaker()),
        word.failure(),
        word.said());
  }
}
