package nl.veer.control.wave;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import nl.veer.connectors.dialect.LoadDialect.SourceTable;
import nl.veer.connectors.dialect.RowIdentity;
import nl.veer.connectors.dialect.SourceConnections;
import nl.veer.connectors.dialect.postgres.PostgresFailures;
import nl.veer.connectors.dialect.postgres.PostgresLoad;
import nl.veer.connectors.dialect.postgres.PostgresPublications;
import nl.veer.connectors.dialect.postgres.PostgresSlotState;
import nl.veer.connectors.dialect.postgres.PostgresSlots;
import nl.veer.connectors.dialect.postgres.PostgresTarget;
import nl.veer.connectors.event.LogId;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.connectors.failure.StopSignal;

/**
 * What a leg stands on, on both databases and in Kafka: made before it is begun, removed for good
 * when it is aborted, or as far as it costs something when it is over. Each call may be repeated.
 */
final class LegGround {
  /** Roles look at their legs about every second, and a capture ends within some more. */
  private static final Duration READERS = Duration.ofSeconds(15);

  /** A server process that was told to end does so at once, or hangs. */
  private static final Duration ENDED = Duration.ofSeconds(5);

  private static final Duration PACE = Duration.ofMillis(100);

  /** Roles look many times a second while a leg is PREPARED. */
  private static final Duration HEARD = Duration.ofMillis(400);

  private final Migration migration;
  private final OpenLog log;

  LegGround(Migration migration, OpenLog log) {
    this.migration = migration;
    this.log = log;
  }

  /** Makes the leg's log, and its echo with the records that it carries. */
  void make(Leg leg) {
    LegRoles roles = new LegRoles(migration, log);
    new EchoGround(leg.before().wave(), leg.before().to()).lay();
    if (migration.verification().ledger()) {
      EchoGround ground = new EchoGround(leg.wave(), leg.to());
      ground.requireCapturable();
      migrate(leg);
      ground.lay(identities(leg));
      EchoFailures.telling(() -> roles.echo(leg).prepare());
    }
    roles.capture(leg).prepare();
  }

  private static void migrate(Leg leg) {
    try (Connection connection = leg.to().open(leg.wave() + " ground")) {
      new PostgresTarget().migrateRecords(connection);
    } catch (SQLException e) {
      throw PostgresFailures.target(e, "making the records of wave " + leg.wave());
    }
  }

  /** How the leg's log will identify rows. */
  private static Map<TableId, RowIdentity> identities(Leg leg) {
    Map<TableId, RowIdentity> identities = new HashMap<>();
    tables(leg).forEach(table -> identities.put(table.schema().id(), table.identity()));
    return identities;
  }

  /** The leg's tables as the side that it comes from has them. */
  static List<SourceTable> tables(Leg leg) {
    PostgresLoad dialect = new PostgresLoad();
    try (Connection connection = dialect.open(leg.from(), leg.wave() + " tables")) {
      List<SourceTable> tables = dialect.tables(connection, leg.tables());
      if (tables.size() != leg.tables().size()) {
        throw new Failure(
            FailureKind.CONFIGURATION,
            "LEG_TABLES",
            "Wave %s has %d tables, of which the side at %s has %d. Make them equal first."
                .formatted(
                    leg.home(), leg.tables().size(), leg.from().endpoint().url(), tables.size()));
      }
      return tables;
    } catch (SQLException e) {
      throw PostgresFailures.source(e, "reading the tables of wave " + leg.wave());
    }
  }

  /**
   * Nothing of it is left. Its replicators must not be able to commit any more. A role that was
   * about to begin may take or make a slot once more, before it hears that the leg is over.
   */
  void remove(Leg leg) {
    long deadline = System.nanoTime() + READERS.toNanos();
    do {
      awaitReaders(leg);
    } while (!isDropped(leg, deadline) || isMadeAgain(leg));
  }

  private boolean isDropped(Leg leg, long deadline) {
    try {
      new WaveRemoval(leg.from(), leg.to(), log.kafka()).drop(leg.wave());
      return true;
    } catch (Failure failure) {
      if (!failure.code().equals("RUNNING") || System.nanoTime() > deadline) {
        throw failure;
      }
      return false;
    }
  }

  private static boolean isMadeAgain(Leg leg) {
    return isThereWithin(leg.from(), leg.wave(), HEARD)
        || isThereWithin(leg.to().asSource(), leg.wave().echo(), HEARD);
  }

  private static boolean isThereWithin(SourceConnections side, LogId log, Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    StopSignal never = new StopSignal();
    try (Connection connection = side.open(log + " removal")) {
      do {
        if (PostgresSlots.find(connection, log.slot()).isPresent()) {
          return true;
        }
        never.await(PACE);
      } while (System.nanoTime() < deadline);
      return false;
    } catch (SQLException e) {
      throw PostgresFailures.source(e, "looking for slot " + log.slot());
    }
  }

  /** Nobody keeps WAL for it any more; its topics and records stay. */
  void cleanUp(Leg leg) {
    awaitReaders(leg);
    try (Connection connection = leg.from().open(leg.wave() + " removal")) {
      drop(connection, leg.wave());
    } catch (SQLException e) {
      throw PostgresFailures.source(e, "dropping slot and publication of wave " + leg.wave());
    }
    try (Connection connection = leg.to().open(leg.wave() + " removal")) {
      drop(connection, leg.wave().echo());
    } catch (SQLException e) {
      throw PostgresFailures.target(e, "dropping slot and publication of " + leg.wave().echo());
    }
  }

  private static void drop(Connection connection, LogId log) throws SQLException {
    PostgresSlots.drop(connection, log.slot());
    PostgresPublications.drop(connection, log.publication());
  }

  /** Captures that run leave their slots by themselves; one that is paused is made to. */
  private static void awaitReaders(Leg leg) {
    SourceConnections echoed = leg.to().asSource();
    if (!isFreeWithin(leg.from(), leg.wave(), READERS)) {
      end(leg.from(), leg.wave());
    }
    if (!isFreeWithin(echoed, leg.wave().echo(), READERS)) {
      end(echoed, leg.wave().echo());
    }
  }

  private static void end(SourceConnections side, LogId log) {
    try (Connection connection = side.open(log + " removal")) {
      PostgresSlots.endReader(connection, log.slot());
    } catch (SQLException e) {
      throw PostgresFailures.source(e, "ending the reader of slot " + log.slot());
    }
    if (!isFreeWithin(side, log, ENDED)) {
      throw new Failure(
          FailureKind.TRANSIENT,
          "SLOT_IN_USE",
          "The replication slot %s at %s is still being read."
              .formatted(log.slot(), side.endpoint().url()));
    }
  }

  private static boolean isFreeWithin(SourceConnections side, LogId log, Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    StopSignal never = new StopSignal();
    try (Connection connection = side.open(log + " removal")) {
      while (PostgresSlots.find(connection, log.slot())
          .filter(PostgresSlotState::isActive)
          .isPresent()) {
        if (System.nanoTime() > deadline) {
          return false;
        }
        never.await(PACE);
      }
      return true;
    } catch (SQLException e) {
      throw PostgresFailures.source(e, "looking for readers of slot " + log.slot());
    }
  }
}
