package nl.veer.control.cli;

import java.util.List;
import java.util.Map;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.BareTrace;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;

/**
 * Asks for tables to be loaded anew, wave by wave, after all waves were looked at: what is recorded
 * for one wave is not taken back because another one refuses. Owned by one thread.
 */
final class ReloadRequest {
  private final Map<WaveId, List<TableId>> tables;
  private final Asking asking;
  private final Console console;

  /** The two steps of a request. */
  interface Asking {
    /** Throws what is in the way; changes nothing. */
    void requireGround(WaveId wave, List<TableId> tables);

    /** Records the request; answers those that were not on record yet. */
    List<TableId> ask(WaveId wave, List<TableId> tables);
  }

  ReloadRequest(Map<WaveId, List<TableId>> tables, Asking asking, Console console) {
    this.tables = tables;
    this.asking = asking;
    this.console = console;
  }

  /**
   * Whether all of it is on record. If not, some of it is or may be, and was said.
   *
   * @throws Failure only if nothing was changed
   */
  boolean run() {
    tables.forEach(asking::requireGround);
    boolean first = true;
    for (Map.Entry<WaveId, List<TableId>> wave : tables.entrySet()) {
      try {
        List<TableId> asked = asking.ask(wave.getKey(), wave.getValue());
        wave.getValue()
            .forEach(table -> console.line(said(wave.getKey(), table, asked.contains(table))));
      } catch (RuntimeException refused) {
        if (first && isRefusal(refused)) {
          throw refused;
        }
        console.line(
            (first
                    ? "Whether the tables of wave %s are on record cannot be known."
                    : "The request stands for the tables above, but maybe not for those of wave"
                        + " %s.")
                .formatted(wave.getKey().home().wave()));
        console.line(words(refused));
        console.line("Ask again: asking twice is asking once.");
        return false;
      }
      first = false;
    }
    return true;
  }

  /** Where a connection breaks, the commit may have come through. */
  private static boolean isRefusal(RuntimeException refused) {
    return refused instanceof Failure failure && failure.kind() != FailureKind.TRANSIENT;
  }

  private static String said(WaveId wave, TableId table, boolean asked) {
    return asked
        ? "Table %s of wave %s is to be loaded anew.".formatted(table, wave.home().wave())
        : "Table %s of wave %s is about to be loaded already: nothing more is asked for."
            .formatted(table, wave.home().wave());
  }

  /** A failure with its code; of a bug only where it was, for its words may quote data. */
  static String words(RuntimeException reason) {
    return reason instanceof Failure failure
        ? "%s: %s".formatted(failure.code(), failure.getMessage())
        : "Unexpected, please report: " + BareTrace.of(reason);
  }
}
