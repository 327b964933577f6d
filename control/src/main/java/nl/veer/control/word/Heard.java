package nl.veer.control.word;

import java.time.Duration;
import java.time.Instant;

/**
 * A role's last word, as a reader knows it at one moment.
 *
 * @param takenAt when the broker took it, by its own clock
 * @param age since then; never less than what the reader has waited for a newer one
 * @param silent it is older than a role would let it become, and was not the last one: whether the
 *     role does what it said is not known
 */
public record Heard(Word word, Instant takenAt, Duration age, boolean silent) {

  public WordKey key() {
    return word.key();
  }

  /** Whether it is there, and says something that can be read; well or not. */
  public boolean speaks() {
    return !silent && word.doing() != Doing.ENDED && word.doing() != Doing.UNREADABLE;
  }

  public boolean hasEnded() {
    return word.doing() == Doing.ENDED;
  }
}
