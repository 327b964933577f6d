package nl.veer.verifier.changed;

import java.util.List;
import java.util.Map;
import nl.veer.connectors.event.Position;
import nl.veer.connectors.event.TableId;
import nl.veer.verifier.scan.postgres.KeyRange;

/**
 * What was touched on either side since the tables were scanned.
 *
 * @param parts of each table that was touched the ranges in which that was
 * @param tables how many there are
 * @param chunks how many ranges all tables have
 * @param rows about how many the touched ranges have
 * @param since the source's position at the beginning of the oldest of the scans
 */
public record Changed(
    Map<TableId, List<KeyRange>> parts, int tables, long chunks, long rows, Position since) {

  public Changed {
    parts = Map.copyOf(parts);
  }

  /** How many ranges were touched. */
  public long touched() {
    return parts.values().stream().mapToLong(List::size).sum();
  }
}
