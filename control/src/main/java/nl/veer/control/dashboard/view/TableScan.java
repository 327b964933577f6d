package nl.veer.control.dashboard.view;

import java.time.Duration;
import nl.veer.verifier.record.PastScan;
import org.jspecify.annotations.Nullable;

/**
 * A scan of a table.
 *
 * @param id null of one that is not over
 * @param kind SCHEDULED, ASKED (by {@code veer scan}), CUTOVER; UNKNOWN of an older Veer's
 * @param state RUNNING; STOPPED, of one that goes on later; COMPLETE; INCOMPLETE, of one that ended
 *     before it had looked at every row; UNKNOWN of an older Veer's
 * @param endedAt null of one that is not over
 * @param rows of the larger side; of one that is not over those that it has looked at
 * @param differing rows that it proved to differ
 * @param verdict EQUAL, DIFFERENT or UNKNOWN, as it was said then
 * @param sourcePosition where the source was read last; null if it was not
 * @param targetPosition the source's position that the target held then; null likewise
 * @param rowsPerSecond over the whole time, pauses included; null if that cannot be told
 */
public record TableScan(
    @Nullable Long id,
    String kind,
    String state,
    String startedAt,
    @Nullable String endedAt,
    @Nullable Long rows,
    @Nullable Long differing,
    String verdict,
    @Nullable String sourcePosition,
    @Nullable String targetPosition,
    @Nullable Double rowsPerSecond) {
  private static final String UNKNOWN = "UNKNOWN";
  private static final double MILLIS = 1_000;

  public static TableScan of(PastScan scan) {
    long millis = Duration.between(scan.startedAt(), scan.lastAt()).toMillis();
    return new TableScan(
        scan.id(),
        scan.kind() == null ? UNKNOWN : scan.kind(),
        state(scan),
        scan.startedAt().toString(),
        scan.ended() ? scan.lastAt().toString() : null,
        scan.rows(),
        scan.differing(),
        scan.verdict(),
        scan.source(),
        scan.target(),
        millis > 0 ? (Double) (scan.rows() * MILLIS / millis) : null);
  }

  private static String state(PastScan scan) {
    if (!scan.ended()) {
      return scan.running() ? "RUNNING" : "STOPPED";
    }
    Boolean complete = scan.complete();
    return complete == null ? UNKNOWN : complete ? "COMPLETE" : "INCOMPLETE";
  }
}
