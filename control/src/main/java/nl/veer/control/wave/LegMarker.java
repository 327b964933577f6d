package nl.veer.control.wave;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import nl.veer.connectors.dialect.postgres.PostgresFailures;
import nl.veer.connectors.event.LsnPosition;
import nl.veer.connectors.event.Marker;
import nl.veer.connectors.event.Position;
import nl.veer.connectors.event.TransactionEnd;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.connectors.log.LogReader;
import nl.veer.connectors.log.LoggedEvent;

/**
 * A marker of its own in a leg's log: written on the side that the leg comes from, found where it
 * stands. Owned by one thread.
 */
final class LegMarker {
  private static final Duration ANSWER = Duration.ofSeconds(10);
  private static final Duration POLL = Duration.ofMillis(20);

  private final Leg leg;
  private final String kind;
  private final String content = UUID.randomUUID().toString();

  LegMarker(Leg leg, String kind) {
    this.leg = leg;
    this.kind = kind;
  }

  /**
   * Writes it.
   *
   * @return a position before its commit, at or behind all that was committed before this call
   */
  Position emit() {
    try (Connection connection = leg.from().openBounded(leg.wave() + " marker", ANSWER);
        PreparedStatement where =
            connection.prepareStatement("SELECT pg_current_wal_insert_lsn()::text");
        PreparedStatement mark =
            connection.prepareStatement("SELECT pg_logical_emit_message(true, ?, ?)")) {
      Position behind;
      try (ResultSet row = where.executeQuery()) {
        row.next();
        behind = LsnPosition.parse(row.getString(1));
      }
      mark.setString(1, leg.wave().markerPrefix() + ".marker." + kind);
      mark.setString(2, content);
      mark.execute();
      return behind;
    } catch (SQLException e) {
      throw PostgresFailures.source(e, "writing a marker for wave " + leg.wave());
    }
  }

  /**
   * The end of the marker's transaction, in a log that is read from before the marker on.
   *
   * @throws Failure TRANSIENT if it did not come in time
   */
  LoggedEvent find(LogReader reader, Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    Optional<Long> transaction = Optional.empty();
    while (System.nanoTime() < deadline) {
      for (LoggedEvent logged : reader.poll(POLL)) {
        if (logged.event() instanceof Marker marker
            && marker.kind().equals(kind)
            && marker.content().equals(content)) {
          transaction = Optional.of(marker.place().transaction());
        } else if (logged.event() instanceof TransactionEnd end
            && transaction.filter(number -> number == end.place().transaction()).isPresent()) {
          return logged;
        }
      }
    }
    throw silent(leg, limit);
  }

  static Failure silent(Leg leg, Duration limit) {
    return new Failure(
        FailureKind.TRANSIENT,
        "LEG_SILENT",
        ("A marker of leg %d of wave %s has not come through within %d ms. Do its roles run, with"
                + " veer run, or capture and replicate?")
            .formatted(leg.number(), leg.home(), limit.toMillis()));
  }
}
