package nl.veer.verifier.changed;

import java.util.Map;
import java.util.function.Supplier;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.log.LogReader;
import nl.veer.verifier.scan.Scan;
import nl.veer.verifier.value.Tolerances;

/**
 * Where changes are looked for.
 *
 * @param endpoints both sides
 * @param tolerances those of the comparison; a scan with others is nothing to rest on
 * @param log opens the wave's log
 * @param echo opens its echo
 * @param rows about how many each table has; none is named whose statistics do not tell
 * @param chunkRows about how many rows a chunk has
 */
public record ChangeGround(
    Scan.Endpoints endpoints,
    Tolerances tolerances,
    Supplier<LogReader> log,
    Supplier<LogReader> echo,
    Map<TableId, Long> rows,
    long chunkRows) {

  public ChangeGround {
    rows = Map.copyOf(rows);
  }
}
