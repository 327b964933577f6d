package nl.veer.control.status;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import nl.veer.connectors.capture.CaptureStatus;
import nl.veer.connectors.event.LsnPosition;
import nl.veer.connectors.event.Position;
import nl.veer.connectors.failure.Failure;
import nl.veer.control.wave.ScanStatus;
import nl.veer.control.wave.WaveRun;
import nl.veer.replicator.ReplicatorStatus;
import nl.veer.verifier.ledger.LedgerStatus;
import nl.veer.verifier.verdict.WaveVerdict;
import org.jspecify.annotations.Nullable;

/** A wave's status as its own process sees it, from the roles' counters. Pure. */
public final class LiveStatus {
  /** One is on its way, one may be late. */
  private static final int OVERDUE_BEATS = 2;

  private LiveStatus() {}

  /**
   * The status of a wave whose roles run here.
   *
   * @param source end of the source's WAL; null if it could not be read
   */
  public static WaveStatus of(WaveRun run, @Nullable Position source) {
    CaptureStatus capture = run.captureStatus();
    ReplicatorStatus replicator = run.replicatorStatus();
    WaveStatus wave =
        of(run.leg().home().wave(), run.heartbeat(), capture, replicator, source)
            .on(LegFigures.of(run.leg()));
    Instant now = Instant.now();
    LedgerStatus ledger = run.ledgerStatus();
    LedgerFigures balanced = ledger == null ? null : LedgerFigures.of(ledger, now);
    WaveVerdict verdict = run.verdict();
    WaveStatus judged =
        wave.with(
            verdict == null
                ? null
                : VerdictFigures.of(verdict, balanced, scans(run.scanStatus()), now));
    CaptureStatus echo = run.echoStatus();
    if (echo == null) {
      return judged;
    }
    boolean alone = capture == null && replicator == null;
    return judged.with(echo(echo), balanced, alone ? ofCapture(echo.state()) : wave.state());
  }

  private static @Nullable String scans(@Nullable ScanStatus scans) {
    if (scans == null) {
      return null;
    }
    Failure failure = scans.failure();
    return failure == null ? scans.doing() : "tries again: " + text(failure);
  }

  private static EchoStatus echo(CaptureStatus echo) {
    return new EchoStatus(
        ofCapture(echo.state()),
        text(echo.position()),
        echo.transaction(),
        null,
        echo.failure() == null ? null : text(echo.failure()));
  }

  /**
   * Of a wave on its first leg.
   *
   * @param heartbeat how often at least the source commits something
   */
  static WaveStatus of(
      String wave,
      Duration heartbeat,
      @Nullable CaptureStatus capture,
      @Nullable ReplicatorStatus replicator,
      @Nullable Position source) {
    Position log = capture == null ? null : capture.position();
    Position applied = replicator == null ? null : replicator.applied();
    return new WaveStatus(
        wave,
        LegFigures.FIRST,
        state(capture, replicator),
        text(source),
        text(log),
        text(applied),
        replicator == null ? null : (Long) replicator.transaction(),
        lagMillis(replicator, heartbeat),
        behind(source, applied),
        capture == null || replicator == null
            ? null
            : Math.max(0, capture.transaction() - replicator.transaction()),
        load(replicator),
        null,
        null,
        null,
        null,
        List.of(),
        failure(capture, replicator),
        source == null ? List.of("source: its position could not be read") : List.of());
  }

  /**
   * The lag of the last transaction; but its age once the next one, a heartbeat at least, is
   * overdue. So the lag grows whatever is in the way, also while nobody has noticed yet.
   */
  private static @Nullable Long lagMillis(
      @Nullable ReplicatorStatus replicator, Duration heartbeat) {
    if (replicator == null || replicator.transaction() == 0) {
      return null;
    }
    ReplicatorStatus.Lag lag = replicator.lag();
    boolean overdue = lag.ageMillis() > lag.lastMillis() + OVERDUE_BEATS * heartbeat.toMillis();
    return overdue || replicator.transactions() == 0 ? lag.ageMillis() : lag.lastMillis();
  }

  private static WaveState state(
      @Nullable CaptureStatus capture, @Nullable ReplicatorStatus replicator) {
    if (replicator == null) {
      return capture == null ? WaveState.UNKNOWN : ofCapture(capture.state());
    }
    if (capture != null && isTrouble(capture.state())) {
      return ofCapture(capture.state());
    }
    return switch (replicator.state()) {
      case STARTING -> WaveState.STARTING;
      case LOADING -> WaveState.LOADING;
      case CATCHING_UP -> WaveState.CATCHING_UP;
      case REPLICATING -> WaveState.REPLICATING;
      case RETRYING -> WaveState.RETRYING;
      case INCIDENT -> WaveState.INCIDENT;
      case STOPPED -> WaveState.STOPPED;
      case FAILED -> WaveState.FAILED;
    };
  }

  private static boolean isTrouble(CaptureStatus.State state) {
    return switch (state) {
      case STARTING, STREAMING -> false;
      case RETRYING, INCIDENT, STOPPED, FAILED -> true;
    };
  }

  private static WaveState ofCapture(CaptureStatus.State state) {
    return switch (state) {
      case STARTING -> WaveState.STARTING;
      case STREAMING -> WaveState.CAPTURING;
      case RETRYING -> WaveState.RETRYING;
      case INCIDENT -> WaveState.INCIDENT;
      case STOPPED -> WaveState.STOPPED;
      case FAILED -> WaveState.FAILED;
    };
  }

  private static LoadStatus load(@Nullable ReplicatorStatus replicator) {
    if (replicator == null) {
      return LoadStatus.of(0, List.of(), 0);
    }
    double rate =
        replicator.loads().stream()
            .filter(load -> !load.complete())
            .mapToDouble(ReplicatorStatus.LoadProgress::rowsPerSecond)
            .sum();
    return LoadStatus.of(
        replicator.loads().size(),
        replicator.loads().stream()
            .map(
                load ->
                    new LoadStatus.Table(
                        load.table().toString(),
                        load.complete(),
                        load.rows(),
                        load.estimatedRows(),
                        load.bytes()))
            .toList(),
        rate);
  }

  private static @Nullable String failure(
      @Nullable CaptureStatus capture, @Nullable ReplicatorStatus replicator) {
    Failure failure = capture == null ? null : capture.failure();
    if (failure == null && replicator != null) {
      failure = replicator.failure();
    }
    return failure == null ? null : text(failure);
  }

  static String text(Failure failure) {
    return failure.code() + ": " + failure.getMessage();
  }

  static @Nullable String text(@Nullable Position position) {
    return position == null ? null : position.text();
  }

  static @Nullable Long behind(@Nullable Position source, @Nullable Position applied) {
    return source instanceof LsnPosition end && applied instanceof LsnPosition here
        ? (Long) Math.max(0, end.lsn() - here.lsn())
        : null;
  }
}
