package nl.veer.verifier.scan;

import java.util.List;
import nl.veer.verifier.scan.postgres.KeyRange;
import nl.veer.verifier.scan.postgres.ScanSession;
import nl.veer.verifier.scan.postgres.ScanTable;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a table into ranges of its key, by walking the source's index ahead of the comparison. The
 * last range has no end and the first no begin, so that every key that there is, or will be, on
 * either side is in exactly one. Owned by one thread.
 */
final class KeyWalk {
  /** A table that is not much larger than a chunk is one. */
  private static final double SLACK = 1.5;

  private final ScanTable table;
  private final long chunkRows;
  private @Nullable List<String> last;
  private final boolean begun;
  private boolean ended;

  /**
   * @param behind where an earlier walk ended; null to begin
   */
  KeyWalk(ScanTable table, long chunkRows, @Nullable List<String> behind) {
    this.table = table;
    this.chunkRows = chunkRows;
    this.last = behind;
    this.begun = behind != null;
  }

  boolean hasNext() {
    return !ended;
  }

  /** The one range of a table that {@link #isOne}. */
  KeyRange one() {
    ended = true;
    return new KeyRange(last, null);
  }

  /** The next range. May fail and be asked again. */
  KeyRange next(ScanSession source) {
    List<String> bound = source.bound(table, last, chunkRows).orElse(null);
    source.end();
    KeyRange range = new KeyRange(last, bound);
    last = bound;
    ended = bound == null;
    return range;
  }

  /** Whether there is only one range, for which nothing is asked. */
  boolean isOne() {
    boolean small =
        !begun && table.estimatedRows() >= 0 && table.estimatedRows() <= chunkRows * SLACK;
    return !table.walked() || small;
  }
}
