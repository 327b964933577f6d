package nl.veer.verifier.scan;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import nl.veer.connectors.event.TableId;

/** Records that live as long as this. Safe for use by several threads. */
public final class MemoryRecords implements ScanRecords {
  private final Map<TableId, TableProgress> tables = new ConcurrentHashMap<>();

  @Override
  public Optional<TableProgress> progress(TableId table) {
    return Optional.ofNullable(tables.get(table));
  }

  @Override
  public void chunkDone(TableProgress progress) {
    tables.put(progress.table(), progress);
  }

  @Override
  public void tableDone(TableId table) {
    tables.remove(table);
  }
}
