package nl.veer.control.mending;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.control.wave.Migration;
import nl.veer.control.wave.OpenLog;
import nl.veer.verifier.blame.BlamedTable;
import nl.veer.verifier.blame.WaveGround;
import nl.veer.verifier.record.DifferenceRecord;
import nl.veer.verifier.repair.Mended;
import nl.veer.verifier.repair.PlannedRow;
import nl.veer.verifier.repair.Repair;
import nl.veer.verifier.scan.LogSettlement;
import nl.veer.verifier.scan.Settlement.Unjudged;
import nl.veer.verifier.verdict.Difference.Kind;

/**
 * The repair of a wave's differences: the plan of all of them, and then its execution. Owned by one
 * thread.
 */
public final class WaveRepair implements AutoCloseable {
  private final LogSettlement settlement;
  private final Repair repair;
  private final StopSignal stop;

  /** A slice of one table's rows. */
  public record Slice(BlamedTable table, List<PlannedRow> rows) {}

  /**
   * All that is to be done.
   *
   * @param refused why tables cannot be repaired row by row
   */
  public record Plan(List<Slice> slices, Map<TableId, Refusal> refused) {

    public Plan {
      slices = List.copyOf(slices);
    }
  }

  /** Rows of a table that are left alone. */
  public record Refusal(String why, int rows) {}

  public WaveRepair(WaveId wave, Migration migration, OpenLog log, StopSignal stop) {
    this.stop = stop;
    this.settlement = new LogSettlement(() -> log.reader(wave));
    try {
      this.repair =
          new Repair(
              new WaveGround(wave, migration.tolerances()),
              migration.source(),
              migration.target(),
              settlement,
              stop);
    } catch (RuntimeException e) {
      settlement.close();
      throw e;
    }
  }

  /**
   * Plans; changes nothing. Rows to be deleted come first, for their unique values may be needed.
   *
   * @throws Failure if a side cannot be read
   */
  public Plan plan(List<DifferenceRecord> differences, Repair.Show show) {
    Map<TableId, List<DifferenceRecord>> byTable = new LinkedHashMap<>();
    differences.stream()
        .sorted(Comparator.comparing(one -> one.kind() == Kind.EXTRA ? 0 : 1))
        .forEach(one -> byTable.computeIfAbsent(one.table(), any -> new ArrayList<>()).add(one));
    Map<TableId, BlamedTable> ground = repair.ground(byTable.keySet());
    List<Slice> slices = new ArrayList<>();
    Map<TableId, Refusal> refused = new LinkedHashMap<>();
    byTable.forEach(
        (id, rows) -> {
          BlamedTable table = ground.get(id);
          if (table == null) {
            refused.put(
                id, new Refusal("It is not loaded, or not alike on both sides.", rows.size()));
            return;
          }
          for (List<DifferenceRecord> slice : repair.slices(table, rows)) {
            if (stop.isRaised()) {
              return;
            }
            try {
              slices.add(new Slice(table, repair.plan(table, slice, show)));
            } catch (Unjudged e) {
              refused.put(id, new Refusal(String.valueOf(e.getMessage()), slice.size()));
            }
          }
        });
    return new Plan(slices, refused);
  }

  /**
   * Makes ready to write.
   *
   * @throws Failure CONFIGURATION if the ledger would not know whose the changes are
   */
  public void prepare() {
    repair.prepare();
  }

  /** Carries a slice out, and verifies it. */
  public List<Mended> apply(Slice slice) {
    return repair.apply(slice.table(), slice.rows());
  }

  @Override
  public void close() {
    repair.close();
    settlement.close();
  }
}
