package nl.veer.control.dashboard.view;

import java.util.regex.Pattern;
import nl.veer.verifier.record.CauseRecord;
import org.jspecify.annotations.Nullable;

/** What to enter next because of a cause, as a line for a shell. None of them changes a row. */
final class NextCommand {
  /** What a shell takes as it stands. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:-]+");

  private NextCommand() {}

  /**
   * Who it was, as long as that is not known of all; then the plan of a repair, or for a finding
   * the scan that closes or proves it; then the scan that verifies what was repaired.
   */
  static @Nullable String of(String wave, CauseRecord record) {
    CauseRecord.Counts counts = record.counts();
    if (counts.fresh() + counts.confirmed() > 0) {
      return line("diff", wave, record.table());
    }
    if (counts.explained() > 0) {
      return switch (record.foundBy()) {
        case SCAN -> line("repair", wave, record.table());
        case LEDGER -> line("scan", wave, record.table());
      };
    }
    return counts.repaired() > 0 ? line("scan", wave, record.table()) : null;
  }

  private static String line(String command, String wave, String table) {
    return "veer %s --wave %s%s"
        .formatted(command, quoted(wave), table.isEmpty() ? "" : " --table " + quoted(table));
  }

  private static String quoted(String text) {
    return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
