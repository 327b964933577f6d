package nl.veer.verifier.scan;

import java.util.Optional;
import nl.veer.connectors.event.TableId;

/**
 * Where a scan keeps how far it is, so that the next one goes on there. Used by several threads at
 * once. Sums only add up under the same secret: whoever keeps records beyond a process keeps that
 * too.
 */
public interface ScanRecords {

  /** How far a table is; empty if it has not begun, or is through. */
  Optional<TableProgress> progress(TableId table);

  /** All chunks up to this are done. */
  void chunkDone(TableProgress progress);

  /** The table is through. */
  void tableDone(TableId table);
}
