package nl.veer.replicator.load;

import java.util.List;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.WaveId;

/**
 * What a load needs to know.
 *
 * @param workers parallel readers and writers, at least 1
 * @param truncate whether tables that are not empty on the target are emptied first
 */
public record LoadConfig(WaveId wave, List<TableId> tables, int workers, boolean truncate) {

  public LoadConfig {
    tables = List.copyOf(tables);
  }
}
