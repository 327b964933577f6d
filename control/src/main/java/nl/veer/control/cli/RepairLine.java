package nl.veer.control.cli;

import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.WaveId;
import nl.veer.control.mending.WaveRepair;
import nl.veer.verifier.repair.Mended;
import nl.veer.verifier.repair.Mended.State;

/**
 * What became of a row, as it is printed; or of a table's rows that cannot be mended one by one.
 *
 * @param key its digest; empty if all of the table's rows are meant
 * @param repair number in veer.repair; 0 if nothing was written
 */
record RepairLine(
    String wave, String table, String key, String action, String state, long repair, String words) {

  static RepairLine of(WaveId wave, Mended mended) {
    return new RepairLine(
        wave.home().wave(),
        mended.row().suspect().table().toString(),
        mended.row().keyDigest(),
        mended.row().action().name(),
        mended.state().name(),
        mended.repair(),
        mended.words());
  }

  static RepairLine refused(WaveId wave, TableId table, WaveRepair.Refusal refusal) {
    return new RepairLine(
        wave.home().wave(),
        table.toString(),
        "",
        "NONE",
        State.LEFT.name(),
        0,
        "%d rows are left: %s".formatted(refusal.rows(), refusal.why()));
  }

  String text() {
    return "%-8s  %s  %s  %s%s"
        .formatted(
            state,
            table,
            key.isEmpty() ? "-" : key,
            words,
            repair == 0 ? "" : " (repair " + repair + ")");
  }
}
