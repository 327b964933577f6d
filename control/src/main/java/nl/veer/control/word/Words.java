package nl.veer.control.word;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nl.veer.connectors.event.WaveId;
import org.jspecify.annotations.Nullable;

/**
 * All that a migration's roles have said, as a reader knows it at one moment. Immutable.
 *
 * @param heard of each key the last word, the newest first
 * @param reach how far the reader is
 * @param trouble why the reader cannot read now, and what it tries again; null while it can. What
 *     it has heard grows older meanwhile, and silent in the end
 * @param current whether something was said while the reader followed, so that ages are the
 *     broker's
 */
public record Words(List<Heard> heard, Reach reach, @Nullable String trouble, boolean current) {

  /** How far a reader is. */
  public enum Reach {
    /** It has not asked yet. */
    BEGINNING,
    /** There is no topic: no role has ever said anything. */
    NO_TOPIC,
    /** What was said before it came is not read to its end. */
    READING,
    /** It knows every last word. */
    FOLLOWING
  }

  public Words {
    heard = List.copyOf(heard);
  }

  /** What is known where nobody could be asked. */
  public static Words none() {
    return new Words(List.of(), Reach.BEGINNING, null, false);
  }

  /** Whether every last word is known, be it that there is none. */
  public boolean isRead() {
    return trouble == null && (reach == Reach.FOLLOWING || reach == Reach.NO_TOPIC);
  }

  /**
   * A role's last word. Of several processes that say something, the one that is best off: the role
   * is done by it, whatever the others wait for. Where none does, the last that did.
   *
   * @param wave as configured
   */
  public Optional<Heard> last(WaveId wave, int leg, Speaker speaker) {
    return heard.stream()
        .filter(one -> isOf(one.key(), wave, leg, speaker))
        .min(
            Comparator.comparing((Heard one) -> !one.speaks())
                .thenComparing(one -> one.speaks() && !one.word().doing().isFine())
                .thenComparing(Heard::age));
  }

  /** Whether of each role the newest word is that it has ended: nobody will follow one up. */
  public boolean areAllEnded() {
    Map<WordKey, Heard> newest = new HashMap<>();
    heard.forEach(one -> newest.putIfAbsent(one.key().role(), one));
    return newest.values().stream().allMatch(Heard::hasEnded);
  }

  /** How many processes say that they have this role. */
  public int speaking(WaveId wave, int leg, Speaker speaker) {
    return (int)
        heard.stream().filter(one -> isOf(one.key(), wave, leg, speaker) && one.speaks()).count();
  }

  /** What the roles of a wave say that are there, on whatever leg. */
  public List<Heard> speaking(WaveId wave) {
    return heard.stream().filter(one -> one.key().wave().equals(wave) && one.speaks()).toList();
  }

  private static boolean isOf(WordKey key, WaveId wave, int leg, Speaker speaker) {
    return key.leg() == leg && key.speaker() == speaker && key.wave().equals(wave);
  }
}
