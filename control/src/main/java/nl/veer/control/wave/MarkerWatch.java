package nl.veer.control.wave;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import nl.veer.connectors.dialect.postgres.PostgresMarkers;
import nl.veer.connectors.event.Marker;
import nl.veer.connectors.event.RowChanged;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.TableTruncated;
import nl.veer.connectors.event.TransactionEnd;
import nl.veer.connectors.failure.BareTrace;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.connectors.log.LogReader;
import nl.veer.connectors.log.LoggedEvent;
import org.jspecify.annotations.Nullable;

/**
 * Finds the place in a leg's log where the leg begins: a marker of its own, or where it has begun
 * already. The log, which was made with the leg, is followed on a thread of its own, so that
 * whoever writes the marker waits for nothing but the marker. Owned by one thread.
 */
final class MarkerWatch implements AutoCloseable {
  private static final String KIND = "leg";
  private static final Duration POLL = Duration.ofMillis(50);
  private static final Duration LOOK = Duration.ofMillis(50);
  private static final long CLOSE_PATIENCE_MILLIS = 2_000;

  private final Leg leg;
  private final LogReader reader;
  private final String content = UUID.randomUUID().toString();
  private final CompletableFuture<LoggedEvent> found = new CompletableFuture<>();
  private final Thread thread;
  private volatile boolean closed;

  /** The marker's transaction, once it was read; used by the reading thread. */
  private @Nullable Long transaction;

  /** Of the transaction that is being read. */
  private @Nullable TableId written;

  private volatile @Nullable LegWrite lastWrite;

  /**
   * @param reader of the leg's log; closed with this
   * @param begun where the leg has begun; null if it has not
   */
  MarkerWatch(Leg leg, LogReader reader, @Nullable LegCut begun) {
    this.leg = leg;
    this.reader = reader;
    this.transaction = begun == null ? null : begun.transaction();
    this.thread = new Thread(this::follow, "marker " + leg.wave());
    thread.setDaemon(true);
    thread.start();
  }

  private void follow() {
    try (LogReader owned = reader) {
      while (!closed && !found.isDone()) {
        read(owned.poll(POLL));
      }
    } catch (Failure failure) {
      found.completeExceptionally(failure);
    } catch (RuntimeException | Error e) {
      found.completeExceptionally(
          new Failure(FailureKind.BUG, "UNEXPECTED", "Unexpected: " + BareTrace.named(e), e));
    }
  }

  private void read(List<LoggedEvent> polled) {
    for (LoggedEvent logged : polled) {
      if (!found.isDone()) {
        read(logged);
      }
    }
  }

  private void read(LoggedEvent logged) {
    if (logged.event() instanceof Marker marker
        && marker.kind().equals(KIND)
        && marker.content().equals(content)) {
      transaction = marker.place().transaction();
    } else if (logged.event() instanceof RowChanged row) {
      written = row.table();
    } else if (logged.event() instanceof TableTruncated truncated) {
      written = truncated.table();
    } else if (logged.event() instanceof TransactionEnd end) {
      ended(end, logged);
    }
  }

  private void ended(TransactionEnd end, LoggedEvent logged) {
    if (written != null) {
      lastWrite = new LegWrite(written, end.position());
      written = null;
    }
    if (transaction != null && transaction <= end.place().transaction()) {
      found.complete(logged);
    }
  }

  /** The last one that the log holds before the leg's beginning; complete behind {@link #await}. */
  Optional<LegWrite> lastWrite() {
    return Optional.ofNullable(lastWrite);
  }

  /** Whether the log could not be followed; then there is no use in waiting. */
  boolean isBroken() {
    return found.isCompletedExceptionally();
  }

  String logId() {
    return reader.logId();
  }

  /** Writes the marker. */
  void emit(Connection from) throws SQLException {
    PostgresMarkers.emit(from, leg.wave(), KIND, content);
  }

  /**
   * The end of the marker's transaction.
   *
   * @throws Failure TRANSIENT if it did not come in time, or nobody wants it any more; any that the
   *     log could not be read for
   */
  LoggedEvent await(Duration limit, StopSignal unwanted) {
    long begin = System.nanoTime();
    while (!unwanted.isRaised() && System.nanoTime() - begin < limit.toNanos()) {
      LoggedEvent end = within(LOOK);
      if (end != null) {
        return end;
      }
    }
    throw silent(leg, limit);
  }

  private @Nullable LoggedEvent within(Duration time) {
    try {
      return found.get(time.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return null;
    } catch (ExecutionException e) {
      throw (Failure) e.getCause();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw silent(leg, time);
    }
  }

  static Failure silent(Leg leg, Duration limit) {
    return new Failure(
        FailureKind.TRANSIENT,
        "LEG_SILENT",
        ("A marker of leg %d of wave %s has not come through within %d ms. Do its roles run, with"
                + " veer run, or capture and replicate?")
            .formatted(leg.number(), leg.home(), limit.toMillis()));
  }

  /** Ends the thread, which closes the reader. */
  @Override
  public void close() {
    closed = true;
    try {
      thread.join(CLOSE_PATIENCE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
