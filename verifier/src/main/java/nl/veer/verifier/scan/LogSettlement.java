package nl.veer.verifier.scan;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import nl.veer.connectors.dialect.postgres.PostgresSnapshot;
import nl.veer.connectors.event.TransactionEnd;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.connectors.log.LogReader;
import nl.veer.connectors.log.LoggedEvent;
import nl.veer.verifier.scan.postgres.ScanTable;
import nl.veer.verifier.verdict.Cuts;
import nl.veer.verifier.verdict.TargetCut.Applied;
import nl.veer.verifier.verdict.UnknownReason;
import org.jspecify.annotations.Nullable;

/**
 * For a wave: what happened between two cuts stands in the log. A row is unsettled if a transaction
 * touched it that one side's cut includes and the other's does not: the target includes what its
 * stamp names, the source what its snapshot shows. The log is read until it has passed the source's
 * cut; heartbeats see to it that it does. Safe for use by several threads, one at a time.
 */
public final class LogSettlement implements Settlement, AutoCloseable {
  /**
   * An idle source writes a heartbeat each second; a capture that is away is waited for as long.
   */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration POLL = Duration.ofMillis(200);

  /**
   * A commit may be in the log, and even applied, before the source shows it to others: it waits
   * for a standby. So many records before the stamp are looked at for such.
   */
  private static final long BACK = 10_000;

  private final Supplier<LogReader> logs;
  private final Duration patience;
  private @Nullable LogReader open;

  /**
   * @param logs opens the wave's log, when first a row is in doubt, and again after a failure
   */
  public LogSettlement(Supplier<LogReader> logs) {
    this(logs, PATIENCE);
  }

  LogSettlement(Supplier<LogReader> logs, Duration patience) {
    this.logs = logs;
    this.patience = patience;
  }

  @Override
  public synchronized Look look(ScanTable table, Cuts cuts, StopSignal stop) throws Unjudged {
    boolean read = false;
    try {
      LogReader log = open == null ? logs.get() : open;
      open = log;
      Look look = look(log, table, cuts, stop);
      read = true;
      return look;
    } finally {
      if (!read) {
        close();
      }
    }
  }

  private Look look(LogReader log, ScanTable table, Cuts cuts, StopSignal stop) throws Unjudged {
    Applied stamp = Objects.requireNonNull(cuts.target().stamp(), "a wave's target has a stamp");
    if (!stamp.logId().equals(log.logId())) {
      throw new Unjudged(
          UnknownReason.BEHIND, "The target was applied from another log than there is now.");
    }
    PostgresSnapshot seen =
        PostgresSnapshot.parse(cuts.source().snapshot(), cuts.source().position());
    TouchedKeys touched = new TouchedKeys(table, stamp.transaction(), seen);
    long first = log.beginOffset();
    if (first > stamp.logOffset()) {
      throw new Unjudged(
          UnknownReason.BEHIND, "Records of the log that the target has yet to get are gone.");
    }
    log.seek(Math.max(first, stamp.logOffset() - BACK));
    long begin = System.nanoTime();
    while (System.nanoTime() - begin < patience.toNanos()) {
      if (stop.isRaised()) {
        throw Sides.stopped();
      }
      List<LoggedEvent> events = log.poll(POLL);
      for (LoggedEvent event : events) {
        touched.read(event.event());
        if (event.event() instanceof TransactionEnd end
            && end.place().transaction() >= stamp.transaction()
            && !cuts.source().position().isAfter(end.position())) {
          return (key, before, now) -> !touched.contains(key);
        }
      }
    }
    throw new Unjudged(
        UnknownReason.BEHIND,
        "The log has not reached the source's position %s within %d s. Does the capture run?"
            .formatted(cuts.source().position(), patience.toSeconds()));
  }

  @Override
  public Duration pause() {
    return PAUSE;
  }

  @Override
  public synchronized void close() {
    LogReader log = open;
    open = null;
    if (log != null) {
      log.close();
    }
  }
}
