package nl.veer.control.dashboard.api;

import java.time.Instant;
import java.util.List;
import nl.veer.control.dashboard.feed.History;
import nl.veer.control.dashboard.feed.StatusNow;
import nl.veer.control.dashboard.feed.WaveMeasures;
import nl.veer.control.status.EchoStatus;
import nl.veer.control.status.LedgerFigures;
import nl.veer.control.status.LegFigures;
import nl.veer.control.status.LoadStatus;
import nl.veer.control.status.WaveState;
import nl.veer.control.status.WaveStatus;
import org.jspecify.annotations.Nullable;

/**
 * How far a wave is. Its tables are asked for by themselves: there may be thousands.
 *
 * @param state UNKNOWN if nothing was heard of it for a while
 * @param sourcePosition end of the source's WAL
 * @param logPosition of the last transaction that the log holds whole
 * @param appliedPosition the target equals the source there, once the state is REPLICATING
 * @param appliedTransactions number of the last applied transaction of the log
 * @param lagMillis from source commit to target commit; the age of the last applied commit while
 *     nothing is applied
 * @param bytesBehind of the source's WAL that are not applied
 * @param transactionsBehind in the log and not applied
 * @param echo how far the target's own log is kept; null if it is not
 * @param ledger how far log and echo are balanced; null if they are not
 * @param verificationLagMillis how old that is, at the reading, up to which log and echo are
 *     balanced, whatever the verdict is; without a ledger, the oldest scan
 * @param flow the way of a change: source to log, log to target, target to echo, echo to verifier
 * @param today what was applied since midnight
 * @param forecast when the lag will be gone, and when the slot
 * @param failure the incident, what is retried, or why a role is not running
 * @param unknown what could not be read, and why
 */
public record WaveBody(
    String wave,
    LegFigures leg,
    WaveState state,
    @Nullable String sourcePosition,
    @Nullable String logPosition,
    @Nullable String appliedPosition,
    @Nullable Long appliedTransactions,
    @Nullable Long lagMillis,
    @Nullable Long bytesBehind,
    @Nullable Long transactionsBehind,
    Load load,
    @Nullable EchoStatus echo,
    @Nullable LedgerFigures ledger,
    VerdictBody verdict,
    @Nullable Long verificationLagMillis,
    List<FlowLeg> flow,
    Today today,
    Outlook forecast,
    @Nullable String failure,
    List<String> unknown) {

  public WaveBody {
    flow = List.copyOf(flow);
    unknown = List.copyOf(unknown);
  }

  /**
   * How far its load is.
   *
   * @param tables how many the wave has
   * @param complete how many of them are loaded
   * @param estimatedRows the source's own estimate of all; 0 if unknown
   * @param rowsPerSecond of the tables that are being loaded now; 0 if none is
   * @param secondsLeft at this rate, by the estimate; null if nobody can say, or nothing is left
   */
  public record Load(
      int tables,
      int complete,
      long rows,
      long estimatedRows,
      long bytes,
      double rowsPerSecond,
      @Nullable Long secondsLeft) {
    static Load of(LoadStatus load, boolean silent) {
      return new Load(
          load.tables(),
          load.complete(),
          load.rows(),
          load.estimatedRows(),
          load.bytes(),
          load.rowsPerSecond(),
          silent ? null : secondsLeft(load));
    }

    private static @Nullable Long secondsLeft(LoadStatus load) {
      long rows = load.estimatedRows() - load.rows();
      return load.complete() == load.tables() || load.rowsPerSecond() <= 0 || rows <= 0
          ? null
          : (Long) (long) Math.ceil(rows / load.rowsPerSecond());
    }
  }

  /**
   * Of a wave of this status; what is too old to say anything of now is unknown.
   *
   * @param at now
   */
  static WaveBody of(WaveStatus wave, StatusNow now, Instant at) {
    boolean silent = now.isSilent(at);
    WaveMeasures measures = now.measures(wave.wave());
    VerdictBody verdict = VerdictBody.of(wave.verdict(), Tables.count(wave, silent));
    return new WaveBody(
        wave.wave(),
        wave.leg(),
        silent ? WaveState.UNKNOWN : wave.state(),
        wave.sourcePosition(),
        wave.logPosition(),
        wave.appliedPosition(),
        wave.appliedTransactions(),
        silent ? null : wave.lagMillis(),
        silent ? null : wave.bytesBehind(),
        silent ? null : wave.transactionsBehind(),
        Load.of(wave.load(), silent),
        silent ? silent(wave.echo()) : wave.echo(),
        silent ? silent(wave.ledger()) : wave.ledger(),
        silent ? verdict.silent() : verdict,
        silent ? null : History.verificationLag(wave),
        new Flow(wave, measures, silent, now.ageMillis(at)).legs(),
        Today.of(measures.applied(), silent),
        Outlook.of(measures, now.at(), silent),
        wave.failure(),
        wave.unknown());
  }

  private static @Nullable EchoStatus silent(@Nullable EchoStatus echo) {
    return echo == null
        ? null
        : new EchoStatus(
            WaveState.UNKNOWN, echo.position(), echo.transaction(), null, echo.failure());
  }

  private static @Nullable LedgerFigures silent(@Nullable LedgerFigures ledger) {
    return ledger == null
        ? null
        : new LedgerFigures(
            LedgerFigures.State.SILENT,
            ledger.balancedPosition(),
            ledger.balancedTransactions(),
            null,
            ledger.transactions(),
            ledger.rows(),
            ledger.findings(),
            ledger.failure());
  }
}
