package nl.veer.control.wave;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import nl.veer.connectors.dialect.RowIdentity;
import nl.veer.connectors.dialect.TargetConnections;
import nl.veer.connectors.dialect.postgres.PostgresFailures;
import nl.veer.connectors.dialect.postgres.PostgresPreflight;
import nl.veer.connectors.dialect.postgres.PostgresPreflightSource;
import nl.veer.connectors.dialect.postgres.PostgresPublications;
import nl.veer.connectors.dialect.postgres.PostgresReplicaIdentities;
import nl.veer.connectors.dialect.postgres.PostgresReplicaIdentities.Lacking;
import nl.veer.connectors.dialect.postgres.PostgresSlotState;
import nl.veer.connectors.dialect.postgres.PostgresSlots;
import nl.veer.connectors.dialect.postgres.PostgresTarget;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.replicator.stamp.WaveRecords;

/**
 * What a wave's echo stands on, on the target. Each call opens a session of its own and may be
 * repeated.
 */
final class EchoGround {
  /** Longer than any wait for a lock; a silent server shall not keep a stop waiting. */
  private static final Duration ANSWER = Duration.ofSeconds(15);

  private static final TableId LOADS = new TableId("veer", "load");

  private final WaveId wave;
  private final TargetConnections target;
  private final WaveRecords records;

  EchoGround(WaveId wave, TargetConnections target) {
    this.wave = wave;
    this.target = target;
    this.records = new WaveRecords(new PostgresTarget(), target);
  }

  /** Whether a batch was applied: then nothing can begin before the first one any more. */
  boolean hasBatches() {
    return records.stamp(wave).filter(stamp -> stamp.transaction() > 0).isPresent();
  }

  /**
   * Refuses a target that cannot be captured, before a load of days.
   *
   * @throws Failure CONFIGURATION
   */
  void requireCapturable() {
    try (Connection connection = target.open(wave + " echo ground")) {
      PostgresPreflightSource facts = PostgresPreflight.source(connection, Set.of());
      if (!facts.walLevel().equals("logical")) {
        throw refused(
            "ECHO_WAL_LEVEL",
            "The target's wal_level is " + facts.walLevel(),
            "ALTER SYSTEM SET wal_level = logical, and restart the target");
      }
      if (!facts.mayReplicate()) {
        throw refused(
            "ECHO_RIGHTS",
            "Veer's role on the target may not replicate",
            "ALTER ROLE ... REPLICATION, or the grant that a managed service has for it");
      }
      int slots = facts.maxSlots() - facts.slots().size();
      int senders = facts.maxSenders() - facts.usedSenders();
      if (!facts.slots().containsKey(wave.echo().slot()) && (slots < 1 || senders < 1)) {
        throw refused(
            "ECHO_ROOM",
            "The target has %d replication slots and %d WAL senders free, the echo needs one of each"
                .formatted(slots, senders),
            "ALTER SYSTEM SET max_replication_slots and max_wal_senders higher, and restart the"
                + " target");
      }
    } catch (SQLException e) {
      throw PostgresFailures.target(e, "looking whether the target can be captured");
    }
  }

  private static Failure refused(String code, String what, String remedy) {
    return new Failure(
        FailureKind.CONFIGURATION,
        code,
        ("%s, so that its changes cannot be captured and nothing can be proven by them. %s; or do"
                + " without the proof, by verification: {ledger: false}.")
            .formatted(what, remedy));
  }

  /** The echo's slot if nobody reads it, so that the target keeps its WAL for it. */
  Optional<PostgresSlotState> unread() {
    try (Connection connection = target.openBounded(wave + " echo ground", ANSWER)) {
      return PostgresSlots.find(connection, wave.echo().slot()).filter(slot -> !slot.isActive());
    } catch (SQLException e) {
      throw PostgresFailures.target(e, "looking at the echo's slot");
    }
  }

  /**
   * Lets every table's log say enough of old rows (of {@code veer.load} all, so that a ledger can
   * tell what a table's load included before it was loaded anew), and the publication, if it is
   * Veer's, have Veer's own tables, also those that an older Veer did not make. Before the
   * publication of a table there is, for it makes PostgreSQL refuse updates and deletes that its
   * log could not tell; and again later, for a partition that came since.
   *
   * @throws Failure CONFIGURATION if the tables are another role's
   */
  void lay() {
    Map<TableId, RowIdentity> identities = new HashMap<>();
    records.loads(wave).forEach(load -> identities.put(load.table(), load.identity()));
    lay(identities);
  }

  /**
   * The same before loads are on record.
   *
   * @param log how the wave's log identifies the rows of each table
   */
  void lay(Map<TableId, RowIdentity> log) {
    Map<TableId, RowIdentity> identities = new HashMap<>(log);
    identities.put(LOADS, new RowIdentity(true, List.of()));
    try (Connection connection = target.openBounded(wave + " echo ground", ANSWER)) {
      List<Lacking> lacking = PostgresReplicaIdentities.lacking(connection, identities);
      List<String> others =
          lacking.stream().filter(one -> !one.owned()).map(Lacking::statement).toList();
      if (!others.isEmpty()) {
        throw new Failure(
            FailureKind.CONFIGURATION,
            "ECHO_IDENTITY",
            "Tables of the target say too little of old rows to be published, and Veer's role does"
                + " not own them. As their owner: "
                + String.join("; ", others)
                + "; or do without the proof, by verification: {ledger: false}.");
      }
      PostgresReplicaIdentities.mend(connection, lacking);
      new PostgresTarget().migrateRecords(connection);
      PostgresPublications.complete(connection, wave.echo().publication(), WaveRecords.TABLES);
    } catch (SQLException e) {
      throw PostgresFailures.target(e, "preparing the tables of wave " + wave + " for its echo");
    }
  }
}
