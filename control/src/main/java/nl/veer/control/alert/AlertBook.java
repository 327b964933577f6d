package nl.veer.control.alert;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import nl.veer.control.alert.AlertMessage.Status;
import org.jspecify.annotations.Nullable;

/**
 * What fires, and what somebody was told of it. An alert is told once when it begins, again after a
 * long time, and when it is over; what comes and goes within seconds is one alert. What is not
 * known ends nothing. Time is passed in; owned by whoever holds its lock.
 */
final class AlertBook {
  /** What was raised again within this time was not over. */
  static final Duration QUIET = Duration.ofSeconds(30);

  private final String migration;
  private final Function<AlertRule, Duration> hold;
  private final Duration remind;
  private final Map<AlertKey, Entry> entries = new LinkedHashMap<>();

  private static final class Entry {
    private final Instant since;
    private String words;
    private @Nullable Instant told;
    private @Nullable Instant quietSince;

    Entry(Instant since, String words) {
      this.since = since;
      this.words = words;
    }
  }

  /**
   * @param hold how long a rule must be raised before it fires
   */
  AlertBook(String migration, Function<AlertRule, Duration> hold, Duration remind) {
    this.migration = migration;
    this.hold = hold;
    this.remind = remind;
  }

  /**
   * Enters what the rules say now; what is to be told.
   *
   * @param waves that were looked at; of others nothing is known
   */
  List<AlertMessage> enter(List<Judgement> judgements, Set<String> waves, Instant now) {
    List<AlertMessage> messages = new ArrayList<>();
    for (Judgement judgement : judgements) {
      if (judgement.known()) {
        raise(judgement, now).ifPresent(messages::add);
      }
    }
    Iterator<Map.Entry<AlertKey, Entry>> all = entries.entrySet().iterator();
    while (all.hasNext()) {
      Map.Entry<AlertKey, Entry> one = all.next();
      if (ends(one.getKey(), one.getValue(), judgements, waves, now)) {
        if (one.getValue().told != null) {
          messages.add(message(one.getKey(), one.getValue(), Status.RESOLVED, now));
        }
        all.remove();
      }
    }
    return messages;
  }

  private Optional<AlertMessage> raise(Judgement judgement, Instant now) {
    AlertKey key = judgement.key();
    Entry entry = entries.computeIfAbsent(key, any -> new Entry(now, judgement.words()));
    entry.words = judgement.words();
    entry.quietSince = null;
    Instant told = entry.told;
    boolean begins = told == null && !now.isBefore(entry.since.plus(hold.apply(key.rule())));
    boolean lasts = told != null && !now.isBefore(told.plus(remind));
    if (!begins && !lasts) {
      return Optional.empty();
    }
    entry.told = now;
    return Optional.of(message(key, entry, begins ? Status.FIRING : Status.REMINDER, now));
  }

  /** Whether it is over; notes since when it has been quiet. */
  private static boolean ends(
      AlertKey key, Entry entry, List<Judgement> judgements, Set<String> waves, Instant now) {
    boolean seen = key.wave().isEmpty() || waves.contains(key.wave());
    boolean said =
        judgements.stream()
            .anyMatch(
                one ->
                    one.known()
                        ? one.key().equals(key)
                        : one.key().rule() == key.rule() && one.key().wave().equals(key.wave()));
    if (!seen || said) {
      return false;
    }
    if (entry.told == null) {
      return true;
    }
    Instant quiet = entry.quietSince == null ? now : entry.quietSince;
    entry.quietSince = quiet;
    return !now.isBefore(quiet.plus(QUIET));
  }

  private AlertMessage message(AlertKey key, Entry entry, Status status, Instant now) {
    return AlertMessage.of(key, status, migration, entry.words, entry.since, now);
  }

  /** How many of each rule fire. */
  Map<AlertRule, Integer> firing() {
    Map<AlertRule, Integer> firing = new EnumMap<>(AlertRule.class);
    for (AlertRule rule : AlertRule.values()) {
      firing.put(rule, 0);
    }
    entries.forEach(
        (key, entry) -> {
          if (entry.told != null) {
            firing.merge(key.rule(), 1, Integer::sum);
          }
        });
    return firing;
  }
}
