package nl.veer.control.gate;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import nl.veer.connectors.dialect.postgres.PostgresMarkers;
import nl.veer.connectors.dialect.postgres.PostgresProgress;
import nl.veer.connectors.event.LsnPosition;
import nl.veer.connectors.event.TransactionEnd;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.connectors.log.LogReader;
import nl.veer.connectors.log.LoggedEvent;
import org.jspecify.annotations.Nullable;

/**
 * Sends a marker into the active side's log and watches it arrive: in the topic or, where that
 * cannot be read, at the slot's confirmed place; at the passive side's stamp; in the ledger. All
 * that committed before the marker was sent has arrived where a position behind it is seen. Owned
 * by one thread.
 */
final class MarkerTrip {
  static final String KIND = "gate";

  private static final Duration LOOK = Duration.ofMillis(20);

  /** No answer takes longer, whatever hangs. */
  private static final Duration ANSWER = Duration.ofSeconds(10);

  private final GateSide side;
  private final Supplier<Optional<LogReader>> log;
  private final boolean ledger;
  private final Duration limit;
  private final StopSignal stop;

  /**
   * @param log a reader of the leg's log; empty if it cannot be read
   * @param ledger whether there shall be one
   * @param limit nobody waits longer
   */
  MarkerTrip(
      GateSide side,
      Supplier<Optional<LogReader>> log,
      boolean ledger,
      Duration limit,
      StopSignal stop) {
    this.side = side;
    this.log = log;
    this.ledger = ledger;
    this.limit = limit;
    this.stop = stop;
  }

  RoundTrip measure() throws SQLException {
    String purpose = side.leg() + " gate";
    try (LogEnd end = LogEnd.of(log.get());
        Connection active = side.active().openBounded(purpose, ANSWER);
        Connection passive = side.passive().openBounded(purpose, ANSWER)) {
      Places places = Places.of(active, passive, side.leg());
      Places.Seen before = places.now();
      long sent = System.nanoTime();
      LsnPosition goal = PostgresMarkers.emit(active, side.leg(), KIND, "sent");
      Watch watch = new Watch(goal, sent);
      Places.Seen seen;
      do {
        end.poll(LOOK);
        seen = places.now();
        watch.see(end, seen);
        if (!end.isRead() || watch.capture != null) {
          stop.await(LOOK);
        }
      } while (!watch.isOver() && !stop.isRaised());
      requireTime(watch);
      Duration waited = Duration.ofNanos(System.nanoTime() - sent);
      LsnPosition now = (LsnPosition) PostgresProgress.end(active);
      return new RoundTrip(
          arrival(watch.capture, goal, now, before.confirmed(), seen.confirmed(), waited),
          arrival(watch.apply, goal, now, before.stamped(), seen.stamped(), waited),
          ledger
              ? arrival(watch.ledger, goal, now, before.balanced(), seen.balanced(), waited)
              : new Arrival.Off());
    }
  }

  /** What was not waited for has not failed to come. */
  private void requireTime(Watch watch) {
    if (stop.isRaised() && !watch.isOver()) {
      throw new Failure(
          FailureKind.TRANSIENT, "GATE_STOPPED", "It was stopped before the marker had arrived.");
    }
  }

  private Arrival arrival(
      @Nullable Duration after,
      LsnPosition goal,
      LsnPosition end,
      @Nullable LsnPosition first,
      @Nullable LsnPosition last,
      Duration waited) {
    return after == null
        ? new Arrival.NoneWithin(limit, left(goal, end, first, last, waited))
        : new Arrival.After(after);
  }

  /**
   * How long it takes until the rest is caught up with, at the rate at which the rest became
   * smaller.
   *
   * @param goal the log's end when the marker was sent
   * @param end the log's end at last
   * @param first how far the place was when the marker was sent
   * @param last how far it was at last
   * @return null if the rest did not become smaller
   */
  static @Nullable Duration left(
      LsnPosition goal,
      LsnPosition end,
      @Nullable LsnPosition first,
      @Nullable LsnPosition last,
      Duration waited) {
    if (first == null || last == null) {
      return null;
    }
    double rest = Math.max(0, (double) (end.lsn() - last.lsn()));
    double smaller = (goal.lsn() - first.lsn()) - rest;
    return smaller <= 0 ? null : Duration.ofMillis((long) (waited.toMillis() * rest / smaller));
  }

  /** What has arrived so far. */
  private final class Watch {
    private final LsnPosition goal;
    private final long sent;
    private @Nullable Duration capture;
    private @Nullable Duration apply;
    private @Nullable Duration ledger;

    Watch(LsnPosition goal, long sent) {
      this.goal = goal;
      this.sent = sent;
    }

    /** What is applied was captured, whatever the slot says. */
    void see(LogEnd end, Places.Seen seen) {
      Duration time = Duration.ofNanos(System.nanoTime() - sent);
      apply = apply == null && isBehind(seen.stamped()) ? time : apply;
      boolean captured =
          isBehind(end.position()) || isBehind(seen.confirmed()) || isBehind(seen.stamped());
      capture = capture == null && captured ? time : capture;
      ledger = ledger == null && isBehind(seen.balanced()) ? time : ledger;
    }

    private boolean isBehind(@Nullable LsnPosition place) {
      return place != null && place.isAfter(goal);
    }

    boolean isOver() {
      boolean all = capture != null && apply != null && (ledger != null || !MarkerTrip.this.ledger);
      return all || System.nanoTime() - sent > limit.toNanos();
    }
  }

  /** The end of the topic, as far as it can be read. */
  private static final class LogEnd implements AutoCloseable {
    private @Nullable LogReader reader;
    private @Nullable LsnPosition position;

    static LogEnd of(Optional<LogReader> reader) {
      LogEnd end = new LogEnd();
      end.reader = reader.orElse(null);
      end.reading(open -> open.seek(open.endOffset()));
      return end;
    }

    void poll(Duration patience) {
      reading(
          open -> {
            for (LoggedEvent logged : open.poll(patience)) {
              if (logged.event() instanceof TransactionEnd transaction) {
                position = (LsnPosition) transaction.position();
              }
            }
          });
    }

    private interface Reading {
      void of(LogReader reader);
    }

    /** The slot and the stamp still tell of a log that cannot be read. */
    private void reading(Reading reading) {
      LogReader open = reader;
      if (open != null) {
        try {
          reading.of(open);
        } catch (Failure unreadable) {
          close();
        }
      }
    }

    boolean isRead() {
      return reader != null;
    }

    @Nullable LsnPosition position() {
      return position;
    }

    @Override
    public void close() {
      LogReader open = reader;
      reader = null;
      if (open != null) {
        open.close();
      }
    }
  }
}
