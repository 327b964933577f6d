package nl.veer.control.finish;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What has come of a finish.
 *
 * @param verdict of the last report
 * @param reason why not everything had to be proven equal; null if it had to
 * @param page the last report's file
 * @param json the same as JSON
 * @param sha256 of the JSON, as the audit log has it
 * @param archived whether the records are kept
 * @param fences whether those of the waves stand on
 * @param left what others have to remove, as sentences
 */
public record FinishOutcome(
    String migration,
    String verdict,
    @Nullable String reason,
    String page,
    String json,
    String sha256,
    boolean archived,
    List<FinishedWave> waves,
    boolean fences,
    List<String> left) {

  public FinishOutcome {
    waves = List.copyOf(waves);
    left = List.copyOf(left);
  }
}
