package nl.veer.verifier.scan;

import java.util.ArrayList;
import java.util.List;
import nl.veer.verifier.value.Tolerance;
import nl.veer.verifier.value.Tolerances;

/**
 * How a scan goes about it.
 *
 * @param workers how many chunks are compared at once; each takes a session on both sides
 * @param chunkRows about how many rows a chunk has
 * @param rowsPerSecond at most this many rows of each side; 0 for as many as the databases give
 * @param tolerances columns that are not compared, or not exactly
 */
public record ScanConfig(int workers, long chunkRows, long rowsPerSecond, Tolerances tolerances) {
  /**
   * A million: a second's work of narrow rows, so that the snapshots are short, and far more than
   * what the round trips of a chunk cost.
   */
  public static final long CHUNK_ROWS = 1_000_000;

  public static final int WORKERS = 2;

  public ScanConfig {
    if (workers < 1 || chunkRows < 1 || rowsPerSecond < 0) {
      throw new IllegalArgumentException("A scan needs workers, and rows in its chunks");
    }
  }

  public static ScanConfig standard() {
    return new ScanConfig(WORKERS, CHUNK_ROWS, 0, Tolerances.NONE);
  }

  /** The same with these tolerances as well. */
  public ScanConfig tolerating(Tolerances more) {
    List<Tolerance> both = new ArrayList<>(tolerances.declared());
    more.declared().stream()
        .filter(one -> tolerances.of(one.table(), one.column()).isEmpty())
        .forEach(both::add);
    return new ScanConfig(workers, chunkRows, rowsPerSecond, new Tolerances(both));
  }

  /** A chunk is at most a second's work, so that the pace is kept within it. */
  long pacedChunkRows() {
    return rowsPerSecond == 0 ? chunkRows : Math.max(1, Math.min(chunkRows, rowsPerSecond));
  }
}
