package nl.veer.control.wave;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import nl.veer.connectors.dialect.SourceConnections;
import nl.veer.connectors.dialect.TargetConnections;
import nl.veer.connectors.dialect.postgres.PostgresFailures;
import nl.veer.connectors.dialect.postgres.PostgresProgress;
import nl.veer.connectors.dialect.postgres.PostgresPublications;
import nl.veer.connectors.dialect.postgres.PostgresSessions;
import nl.veer.connectors.dialect.postgres.PostgresSlotState;
import nl.veer.connectors.dialect.postgres.PostgresSlots;
import nl.veer.connectors.dialect.postgres.PostgresTarget;
import nl.veer.connectors.event.EchoId;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.connectors.log.KafkaEndpoint;
import nl.veer.connectors.log.LogTopic;
import nl.veer.replicator.stamp.StampStore;
import nl.veer.replicator.stamp.WaveRecords;
import nl.veer.verifier.record.AuditLog;
import nl.veer.verifier.record.LedgerStore;
import nl.veer.verifier.record.ScanStore;

/**
 * Undoes a wave: for good, or so that its next run begins anew. Each step may be repeated, so a
 * removal that broke off is run again. Never touches a wave whose roles are running.
 */
public final class WaveRemoval {
  private final SourceConnections source;
  private final TargetConnections target;
  private final KafkaEndpoint kafka;
  private final WaveRecords records;

  public WaveRemoval(SourceConnections source, TargetConnections target, KafkaEndpoint kafka) {
    this.source = source;
    this.target = target;
    this.kafka = kafka;
    this.records = new WaveRecords(new PostgresTarget(), target);
  }

  /**
   * @throws Failure CONFLICT if a role of it runs, wherever
   */
  public static void requireEnded(Leg leg) {
    requireIdle(leg.wave(), leg.from(), leg.to());
    requireIdleEcho(leg.wave(), leg.to());
  }

  /** Removes slot, publication, log and records; the target's rows stay. */
  public void drop(WaveId wave) {
    requireIdle(wave, source, target);
    requireIdleEcho(wave, target);
    dropLog(wave);
    dropEcho(wave.echo(), true);
    forget(wave, LedgerStore::forget);
    forget(wave, ScanStore::forget);
    records.drop(wave);
  }

  /** Whether the audit log is there: it outlives the waves. */
  public boolean hasAudit() {
    try (Connection connection = target.open("removal")) {
      return AuditLog.hasAny(connection);
    } catch (SQLException e) {
      throw PostgresFailures.target(e, "looking for the audit log");
    }
  }

  /** Removes the migration's audit log; with the last of all that Veer keeps, the schema. */
  public void dropAudit(String migration) {
    try (Connection connection = target.open("removal")) {
      connection.setAutoCommit(false);
      AuditLog.erase(connection, migration);
      sweep(connection);
      connection.commit();
    } catch (SQLException e) {
      throw PostgresFailures.target(e, "removing the audit log");
    }
  }

  /** Where no wave has records any more, removes what is left empty. The caller commits. */
  public static void sweep(Connection connection) throws SQLException {
    PostgresTarget dialect = new PostgresTarget();
    if (!dialect.hasRecords(connection)) {
      dialect.dropRecords(connection);
    }
  }

  /** The next run makes the echo anew. Its roles must have ended; the crossing may be under way. */
  public void echoAgain(WaveId wave) {
    requireIdleEcho(wave, target);
    dropEcho(wave.echo(), false);
    forget(wave, LedgerStore::forgetPlace);
  }

  /** The echo's publication, if a role made it that Veer does not belong to: it was left. */
  public Optional<String> leftEchoPublication(WaveId wave) {
    try (Connection connection = target.open(wave + " removal")) {
      return PostgresPublications.isAnothers(connection, wave.echo().publication())
          ? Optional.of(wave.echo().publication())
          : Optional.empty();
    } catch (SQLException e) {
      throw PostgresFailures.target(e, "looking for the echo's publication of wave " + wave.wave());
    }
  }

  /** The wave's publication, if a role made it that Veer does not belong to: it was left. */
  public Optional<String> leftPublication(WaveId wave) {
    try (Connection connection = source.open(wave + " removal")) {
      return PostgresPublications.isAnothers(connection, wave.publication())
          ? Optional.of(wave.publication())
          : Optional.empty();
    } catch (SQLException e) {
      throw PostgresFailures.source(e, "looking for the publication of wave " + wave.wave());
    }
  }

  /** The next run makes slot and log anew and loads every table, after emptying it. */
  public void loadAgain(WaveId wave) {
    requireIdle(wave, source, target);
    requireIdleEcho(wave, target);
    dropLog(wave);
    dropEcho(wave.echo(), false);
    forget(wave, LedgerStore::forget);
    forget(wave, ScanStore::forget);
    records.reset(wave);
  }

  private interface Forgetting {
    void of(Connection connection, WaveId wave) throws SQLException;
  }

  private void forget(WaveId wave, Forgetting what) {
    try (Connection connection = target.open(wave + " removal")) {
      what.of(connection, wave);
    } catch (SQLException e) {
      throw PostgresFailures.target(e, "forgetting what the verifier keeps of wave " + wave.wave());
    }
  }

  private void dropLog(WaveId wave) {
    try (Connection connection = source.open(wave + " removal")) {
      PostgresSlots.drop(connection, wave.slot());
      PostgresPublications.drop(connection, wave.publication());
    } catch (SQLException e) {
      throw PostgresFailures.source(e, "dropping slot and publication of wave " + wave.wave());
    }
    new LogTopic(kafka, wave).delete();
  }

  /**
   * @param forGood whether the publication goes also if Veer could not make it again
   */
  private void dropEcho(EchoId echo, boolean forGood) {
    try (Connection connection = target.open(echo + " removal")) {
      PostgresSlots.drop(connection, echo.slot());
      if (forGood || PostgresPublications.mayBeMadeAnew(connection, echo.publication())) {
        PostgresPublications.drop(connection, echo.publication());
      }
    } catch (SQLException e) {
      throw PostgresFailures.target(e, "dropping slot and publication of the " + echo);
    }
    new LogTopic(kafka, echo).delete();
  }

  private static void requireIdleEcho(WaveId wave, TargetConnections target) {
    try (Connection connection = target.open(wave + " removal")) {
      if (PostgresSlots.find(connection, wave.echo().slot())
          .filter(PostgresSlotState::isActive)
          .isPresent()) {
        throw running(wave, "The echo's capture is connected to the target");
      }
    } catch (SQLException e) {
      throw PostgresFailures.target(e, "looking for the echo's capture of wave " + wave.wave());
    }
  }

  private static void requireIdle(WaveId wave, SourceConnections source, TargetConnections target) {
    try (Connection connection = source.open(wave + " removal")) {
      if (PostgresProgress.of(connection, wave).capturing()) {
        throw running(wave, "A capture is connected to the source");
      }
    } catch (SQLException e) {
      throw PostgresFailures.source(e, "looking for captures of wave " + wave.wave());
    }
    try (Connection connection = target.open(wave + " removal")) {
      if (PostgresSessions.anyFor(
          connection, List.of(StampStore.applyPurpose(wave), StampStore.loadPurpose(wave)))) {
        throw running(wave, "A replicator is connected to the target");
      }
    } catch (SQLException e) {
      throw PostgresFailures.target(e, "looking for replicators of wave " + wave.wave());
    }
  }

  private static Failure running(WaveId wave, String what) {
    return new Failure(
        FailureKind.CONFLICT,
        "RUNNING",
        "%s for wave %s. End it first, where it runs: veer stop".formatted(what, wave.wave()));
  }
}
