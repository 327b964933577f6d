package nl.veer.control.health;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Why a process is not well.
 *
 * @param wave null if it is of the whole process
 * @param role null if it is of no role
 * @param code in capitals: a failure's, as in the runbook, or one of health's own
 * @param words what is so; never a row's values
 * @param since null if that is not known
 */
public record HealthReason(
    @Nullable String wave,
    @Nullable String role,
    String code,
    String words,
    @Nullable Instant since) {

  static HealthReason ofProcess(String code, String words) {
    return new HealthReason(null, null, code, words, null);
  }
}
