package nl.veer.verifier.repair;

import java.util.List;
import nl.veer.verifier.blame.Suspect;
import nl.veer.verifier.digest.Digest128;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done to one row of the target.
 *
 * @param difference its record; null if no scan has proven it yet
 * @param keyDigest by which it is named where no values may be
 * @param columns those that an update sets
 * @param seen digest of the target's row as the plan saw it; null if there was none
 */
public record PlannedRow(
    Suspect suspect,
    @Nullable Long difference,
    String keyDigest,
    Action action,
    List<String> columns,
    @Nullable Digest128 seen) {

  /** What is done. */
  public enum Action {
    INSERT,
    UPDATE,
    DELETE,
    /** Both sides are equal by now. */
    NONE
  }

  public PlannedRow {
    columns = List.copyOf(columns);
  }
}
