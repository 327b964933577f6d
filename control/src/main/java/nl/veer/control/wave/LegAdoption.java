package nl.veer.control.wave;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nl.veer.connectors.dialect.Boundary;
import nl.veer.connectors.dialect.LoadDialect.SourceTable;
import nl.veer.connectors.dialect.SourceSnapshot;
import nl.veer.connectors.dialect.postgres.PostgresFailures;
import nl.veer.connectors.dialect.postgres.PostgresLoad;
import nl.veer.connectors.dialect.postgres.PostgresMarkers;
import nl.veer.connectors.dialect.postgres.PostgresTarget;
import nl.veer.connectors.event.Position;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.TransactionEnd;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.connectors.log.LoggedEvent;
import nl.veer.replicator.stamp.Adoption;
import nl.veer.replicator.stamp.Retirement;
import nl.veer.replicator.stamp.Stamp;
import nl.veer.replicator.stamp.WaveRecords;
import org.jspecify.annotations.Nullable;

/**
 * Begins a leg where both sides stand still and are equal: behind a marker that is written on the
 * side that the leg comes from, and found again in its log. What takes time is done when this is
 * made, while writes go on: the log is open and followed, and what a load would have included is
 * read. That is before the marker, so nothing behind the marker is passed over. Owned by one
 * thread.
 */
public final class LegAdoption implements AutoCloseable {
  private static final Duration ANSWER = Duration.ofSeconds(10);

  private final Leg leg;
  private final OpenLog log;
  private final Optional<LegCut> adopted;
  private final List<SourceTable> tables;
  private final Boundary boundary;
  private MarkerWatch watch;
  private @Nullable Connection from;

  LegAdoption(Leg leg, OpenLog log) {
    this.leg = leg;
    this.log = log;
    this.adopted =
        new WaveRecords(new PostgresTarget(), leg.to()).stamp(leg.wave()).map(LegCut::of);
    this.tables = LegGround.tables(leg);
    this.boundary = boundary(leg, tables);
    this.watch = new MarkerWatch(leg, log.reader(leg.wave()), adopted.orElse(null));
  }

  private static Boundary boundary(Leg leg, List<SourceTable> tables) {
    PostgresLoad dialect = new PostgresLoad();
    try (Connection holder = dialect.open(leg.from(), leg.wave() + " boundary");
        SourceSnapshot snapshot = dialect.snapshot(holder, tables.subList(0, 1))) {
      return snapshot.boundary();
    } catch (SQLException e) {
      throw PostgresFailures.source(e, "taking a snapshot for wave " + leg.wave());
    }
  }

  /**
   * Writes the leg's stamp and loads; one that has a stamp is left as it is.
   *
   * @param rows of each table, for the records; one that is left out has 0
   * @param limit for the marker's way into the leg's log
   * @param unwanted raised when nobody wants it any more
   * @throws Failure CONFLICT if the leg before is not retired
   */
  public LegCut begin(Map<TableId, Long> rows, Duration limit, StopSignal unwanted) {
    requireRetired(leg.before());
    if (adopted.isPresent()) {
      watch.await(limit, unwanted);
      return adopted.get();
    }
    LoggedEvent found = found(limit, unwanted);
    TransactionEnd end = (TransactionEnd) found.event();
    Stamp stamp =
        new Stamp(
            end.place().transaction(),
            end.position(),
            watch.logId(),
            found.offset() + 1,
            end.committedAt());
    return LegCut.of(
        new Adoption(new PostgresTarget(), leg.to())
            .adopt(leg.wave(), new Adoption.Ground(stamp, boundary, tables, rows)));
  }

  /**
   * What was written last on the side that the leg comes from, before the leg began; empty if its
   * log holds nothing. To be asked behind {@link #begin}.
   */
  public Optional<LegWrite> lastWrite() {
    return watch.lastWrite();
  }

  /**
   * Sends a canary into the leg's log, behind its beginning: whoever carries the leg meets it first
   * of all.
   *
   * @return what the stamp of the other side passes when the canary has come through
   */
  public Position canary() {
    return onFrom("sending a canary of wave " + leg.wave(), side -> canary(side, leg));
  }

  static Position canary(Connection from, Leg leg) throws SQLException {
    return PostgresMarkers.emit(from, leg.wave(), "canary", "");
  }

  private void requireRetired(Leg before) {
    boolean retired =
        onFrom(
            "looking whether leg %d is retired".formatted(before.number()),
            side -> Retirement.stands(side, before.wave()));
    if (!retired) {
      throw new Failure(
          FailureKind.CONFLICT,
          "LEG_STATE",
          "Leg %d of wave %s is not retired, so the next one cannot begin. Nothing was changed."
              .formatted(before.number(), leg.home()));
    }
  }

  private LoggedEvent found(Duration limit, StopSignal unwanted) {
    if (watch.isBroken()) {
      watch.close();
      watch = new MarkerWatch(leg, log.reader(leg.wave()), null);
    }
    onFrom(
        "writing a marker for wave " + leg.wave(),
        side -> {
          watch.emit(side);
          return true;
        });
    return watch.await(limit, unwanted);
  }

  private interface Work<T> {
    T on(Connection side) throws SQLException;
  }

  private <T> T onFrom(String doing, Work<T> work) {
    try {
      Connection open = from;
      if (open == null) {
        open = leg.from().openBounded(leg.wave() + " marker", ANSWER);
        from = open;
      }
      return work.on(open);
    } catch (SQLException e) {
      disconnect();
      throw PostgresFailures.source(e, doing);
    }
  }

  @Override
  public void close() {
    watch.close();
    disconnect();
  }

  /** Whatever comes next has a new session. */
  private void disconnect() {
    Connection open = from;
    from = null;
    if (open != null) {
      try {
        open.close();
      } catch (SQLException e) {
        // Nothing is open on it that would be lost.
        return;
      }
    }
  }
}
