package nl.veer.control.word;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nl.veer.connectors.log.StatusRecord;
import org.jspecify.annotations.Nullable;

/**
 * The last word of each key, and how old it is. Ages rest on two clocks that nobody sets: the
 * broker's, whose time is on each record, and the reader's own that only runs. What comes in while
 * the reader follows was said then, so its age is what has passed since; and it tells the broker's
 * time, by which all that was there before is dated. Only where nothing has come in yet, the
 * reader's wall clock stands in for the broker's. Pure but for what it keeps; owned by one thread.
 */
final class WordBook {
  /** So many words must be missing: one may be late, and one may have been dropped. */
  static final int MISSED = 3;

  /** Some hundred waves' roles, each with some dead processes; then who was silent longest goes. */
  static final int MOST_KEYS = 20_000;

  /** No role's rhythm is slower; so a word cannot keep itself young. */
  private static final Duration SLOWEST = Duration.ofMinutes(1);

  /**
   * @param ageAtArrival null of what was there before the reader came
   */
  private record Entry(
      Word word, Instant takenAt, long arrivedNanos, @Nullable Duration ageAtArrival) {}

  /** In the order of their arrival. */
  private final Map<WordKey, Entry> entries = new LinkedHashMap<>();

  private Instant newest = Instant.MIN;

  /** When the broker took the last of what came while the reader followed; null before. */
  private @Nullable Instant brokerTime;

  private long brokerTimeNanos;

  /**
   * Takes in what one poll has brought, in its order.
   *
   * @param following whether all that was there at the beginning has been read before
   * @param nanos the clock that only runs, now
   */
  void hear(List<StatusRecord> records, boolean following, long nanos) {
    Map<String, StatusRecord> last = new LinkedHashMap<>();
    Instant newestHere = Instant.MIN;
    for (StatusRecord record : records) {
      last.remove(record.key());
      last.put(record.key(), record);
      newestHere = record.at().isAfter(newestHere) ? record.at() : newestHere;
    }
    for (StatusRecord record : last.values()) {
      Duration late = following ? Duration.between(record.at(), newestHere) : null;
      WordKey.parse(record.key()).ifPresent(key -> hear(key, record, late, nanos));
    }
    if (!records.isEmpty()) {
      newest = newestHere.isAfter(newest) ? newestHere : newest;
      if (following) {
        brokerTime = newestHere;
        brokerTimeNanos = nanos;
      }
    }
  }

  private void hear(WordKey key, StatusRecord record, @Nullable Duration late, long nanos) {
    entries.remove(key);
    String json = record.json();
    if (json == null) {
      return;
    }
    if (entries.size() >= MOST_KEYS) {
      entries.remove(entries.keySet().iterator().next());
    }
    entries.put(key, new Entry(WordJson.read(key, json, record.at()), record.at(), nanos, late));
  }

  /**
   * Whether something has come in while the reader followed, so that the broker's time is known.
   */
  boolean knowsBrokerTime() {
    return brokerTime != null;
  }

  /** All last words at this moment, the newest first. */
  List<Heard> heard(Instant wall, long nanos) {
    Instant broker = brokerNow(wall, nanos);
    List<Heard> heard = new ArrayList<>();
    for (Entry entry : entries.values()) {
      heard.add(heard(entry, broker, nanos));
    }
    heard.sort((one, other) -> one.age().compareTo(other.age()));
    return heard;
  }

  private Instant brokerNow(Instant wall, long nanos) {
    Instant known = brokerTime;
    if (known != null) {
      return known.plusNanos(nanos - brokerTimeNanos);
    }
    return wall.isAfter(newest) ? wall : newest;
  }

  private static Heard heard(Entry entry, Instant broker, long nanos) {
    Duration waited = Duration.ofNanos(nanos - entry.arrivedNanos);
    Duration late = entry.ageAtArrival;
    Duration dated = Duration.between(entry.takenAt, broker);
    Duration age = late != null ? waited.plus(late) : dated.compareTo(waited) > 0 ? dated : waited;
    Word word = entry.word;
    boolean silent =
        word.doing() != Doing.ENDED
            && word.doing() != Doing.UNREADABLE
            && age.compareTo(patience(word)) > 0;
    return new Heard(word, entry.takenAt, age, silent);
  }

  /** How old a word may become before its role is silent. */
  static Duration patience(Word word) {
    Duration every = word.every().compareTo(SLOWEST) > 0 ? SLOWEST : word.every();
    return every.multipliedBy(MISSED);
  }

  /**
   * The keys that nobody needs any more: of each role of a leg the newest word stays, and what a
   * process has said within this time that has not ended. By the broker's time alone.
   */
  List<WordKey> outlived(Duration time) {
    Map<WordKey, Entry> newestOfRole = new HashMap<>();
    entries.forEach(
        (key, entry) ->
            newestOfRole.merge(
                key.role(),
                entry,
                (one, other) -> other.takenAt.isBefore(one.takenAt) ? one : other));
    List<WordKey> keys = new ArrayList<>();
    entries.forEach(
        (key, entry) -> {
          boolean over =
              entry.word.doing() == Doing.ENDED || entry.takenAt.isBefore(newest.minus(time));
          if (over && !entry.equals(newestOfRole.get(key.role()))) {
            keys.add(key);
          }
        });
    return keys;
  }
}
