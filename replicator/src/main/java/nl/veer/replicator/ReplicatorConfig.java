package nl.veer.replicator;

import java.time.Duration;
import java.util.List;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.WaveId;

/**
 * What a wave's replicator needs to know.
 *
 * @param tables all tables of the wave
 * @param loadWorkers parallel readers and writers of the load, at least 1
 * @param truncate whether tables that are not empty on the target are emptied before their load
 * @param batchRows a batch takes no further transaction beyond this many rows
 * @param batchBytes a batch takes no further transaction beyond this many bytes of memory, which
 *     are several times those of the log; about three times as much is held at once
 * @param batchDelay a batch takes no further transaction beyond this time
 */
public record ReplicatorConfig(
    WaveId wave,
    List<TableId> tables,
    int loadWorkers,
    boolean truncate,
    int batchRows,
    long batchBytes,
    Duration batchDelay) {

  public ReplicatorConfig {
    tables = List.copyOf(tables);
  }
}
