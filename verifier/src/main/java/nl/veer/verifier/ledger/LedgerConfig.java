package nl.veer.verifier.ledger;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import nl.veer.connectors.event.Position;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.WaveId;
import nl.veer.verifier.value.Tolerances;
import org.jspecify.annotations.Nullable;

/**
 * What a wave's ledger needs to know.
 *
 * @param boundaries of the tables' loads as they are on record; only a ledger without a checkpoint
 *     asks for them, and then follows {@code veer.load} in the echo
 * @param asOf a place in the target's commit order behind which these were read; null if the echo
 *     has nothing that is later
 * @param spillDirectory for this ledger alone; left-over files of it are deleted
 * @param memoryBytes about how much of both sides' net effect is held before it goes to disk
 * @param checkpointEvery how long what was balanced without a finding may wait to be recorded
 * @param logPatience how long a log may say nothing at its end before what a stamp names is missing
 *     there
 */
public record LedgerConfig(
    WaveId wave,
    List<LedgerTable> tables,
    Tolerances tolerances,
    Map<TableId, LoadBoundary> boundaries,
    @Nullable Position asOf,
    Path spillDirectory,
    long memoryBytes,
    Duration checkpointEvery,
    Duration logPatience) {

  public LedgerConfig {
    tables = List.copyOf(tables);
    boundaries = Map.copyOf(boundaries);
  }

  LedgerConfig beginningWith(Map<TableId, LoadBoundary> first) {
    return new LedgerConfig(
        wave,
        tables,
        tolerances,
        first,
        asOf,
        spillDirectory,
        memoryBytes,
        checkpointEvery,
        logPatience);
  }
}
