package nl.veer.control.wave;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import nl.veer.connectors.dialect.postgres.PostgresMarkers;
import nl.veer.connectors.event.Marker;
import nl.veer.connectors.event.TransactionEnd;
import nl.veer.connectors.failure.BareTrace;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.connectors.log.LogReader;
import nl.veer.connectors.log.LoggedEvent;
import org.jspecify.annotations.Nullable;

/**
 * A marker of its own in a leg's log, found where it stands. The log is followed from its end on
 * from the beginning, on a thread of its own, so that whoever writes the marker waits for nothing
 * but the marker. Owned by one thread.
 */
final class MarkerWatch implements AutoCloseable {
  private static final String KIND = "leg";
  private static final Duration POLL = Duration.ofMillis(50);
  private static final long CLOSE_PATIENCE_MILLIS = 2_000;

  private final Leg leg;
  private final LogReader reader;
  private final String content = UUID.randomUUID().toString();
  private final CompletableFuture<LoggedEvent> found = new CompletableFuture<>();
  private final Thread thread;
  private volatile boolean closed;

  /** The marker's transaction, once it was read; used by the reading thread. */
  private @Nullable Long transaction;

  /**
   * @param reader of the leg's log; closed with this
   */
  MarkerWatch(Leg leg, LogReader reader) {
    this.leg = leg;
    this.reader = reader;
    reader.seek(reader.endOffset());
    this.thread = new Thread(this::follow, "marker " + leg.wave());
    thread.setDaemon(true);
    thread.start();
  }

  private void follow() {
    try (LogReader owned = reader) {
      while (!closed && !found.isDone()) {
        owned.poll(POLL).forEach(this::read);
      }
    } catch (Failure failure) {
      found.completeExceptionally(failure);
    } catch (RuntimeException | Error e) {
      found.completeExceptionally(
          new Failure(FailureKind.BUG, "UNEXPECTED", "Unexpected: " + BareTrace.named(e), e));
    }
  }

  private void read(LoggedEvent logged) {
    if (logged.event() instanceof Marker marker
        && marker.kind().equals(KIND)
        && marker.content().equals(content)) {
      transaction = marker.place().transaction();
    } else if (logged.event() instanceof TransactionEnd end
        && transaction != null
        && transaction == end.place().transaction()) {
      found.complete(logged);
    }
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
   * @throws Failure TRANSIENT if it did not come in time; any that the log could not be read for
   */
  LoggedEvent await(Duration limit) {
    try {
      return found.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw silent(leg, limit);
    } catch (ExecutionException e) {
      throw (Failure) e.getCause();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw silent(leg, limit);
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
