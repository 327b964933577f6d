package nl.veer.control.wave;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import nl.veer.connectors.dialect.SourceConnections;
import nl.veer.connectors.dialect.TargetConnections;
import nl.veer.connectors.dialect.postgres.PostgresFailures;
import nl.veer.connectors.dialect.postgres.PostgresProgress;
import nl.veer.connectors.dialect.postgres.PostgresPublications;
import nl.veer.connectors.dialect.postgres.PostgresSessions;
import nl.veer.connectors.dialect.postgres.PostgresSlots;
import nl.veer.connectors.dialect.postgres.PostgresTarget;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.connectors.log.KafkaEndpoint;
import nl.veer.connectors.log.LogTopic;
import nl.veer.replicator.stamp.StampStore;
import nl.veer.replicator.stamp.WaveRecords;

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

  /** Removes slot, publication, log and records; the target's rows stay. */
  public void drop(WaveId wave) {
    requireIdle(wave);
    dropLog(wave);
    records.drop(wave);
  }

  /** The next run makes slot and log anew and loads every table, after emptying it. */
  public void loadAgain(WaveId wave) {
    requireIdle(wave);
    dropLog(wave);
    records.reset(wave);
  }

  /**
   * The next run loads this table, after emptying it; the wave's log and other tables stay.
   *
   * @throws Failure CONFIGURATION if the wave has never loaded such a table
   */
  public void loadAgain(WaveId wave, TableId table) {
    requireIdle(wave);
    if (records.loads(wave).stream().noneMatch(load -> load.table().equals(table))) {
      throw new Failure(
          FailureKind.CONFIGURATION,
          "TABLE_UNKNOWN",
          "Wave %s has no load of table %s on record. Write it as schema.table."
              .formatted(wave.wave(), table));
    }
    records.reset(wave, table);
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

  private void requireIdle(WaveId wave) {
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
