package nl.veer.connectors.capture;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import nl.veer.connectors.dialect.ColumnSchema;
import nl.veer.connectors.dialect.SourceConnections;
import nl.veer.connectors.dialect.TableSchema;
import nl.veer.connectors.dialect.postgres.PostgresCatalog;
import nl.veer.connectors.dialect.postgres.PostgresColumnNames;
import nl.veer.connectors.dialect.postgres.PostgresFailures;
import nl.veer.connectors.dialect.postgres.PostgresIdentity;
import nl.veer.connectors.dialect.postgres.PostgresPublications;
import nl.veer.connectors.dialect.postgres.PostgresSlotState;
import nl.veer.connectors.dialect.postgres.PostgresSlots;
import nl.veer.connectors.dialect.postgres.PostgresWaveRelations;
import nl.veer.connectors.event.LsnPosition;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.event.codec.LogHeaders;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.connectors.log.KafkaEndpoint;
import nl.veer.connectors.log.LogTail;
import nl.veer.connectors.log.LogTopic;
import nl.veer.connectors.log.LogWriter;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Makes what a capture needs before the load begins, or checks what exists, in an order that leaves
 * no doubt after a crash anywhere in it:
 *
 * <ol>
 *   <li>the topic
 *   <li>the first ORIGIN record in it: which source the log comes from. A slot without this record
 *       belongs to a log that is gone.
 *   <li>the publication
 *   <li>the slot
 *   <li>the second ORIGIN record: where the slot began. From here on a slot that is missing or
 *       stands further is LOST_POSITION.
 * </ol>
 *
 * <p>The ORIGIN records live as long as the log does and are deleted with it, so they are the right
 * memory of the source's identity.
 */
final class CapturePreparation {
  private final CaptureConfig config;
  private final SourceConnections source;
  private final KafkaEndpoint kafka;

  CapturePreparation(CaptureConfig config, SourceConnections source, KafkaEndpoint kafka) {
    this.config = config;
    this.source = source;
    this.kafka = kafka;
  }

  void run() {
    WaveId wave = config.wave();
    try (Connection connection = source.open(wave + " prepare")) {
      requirePrimary(connection);
      requireUnicode(connection);
      requireColumnNames(connection);
      new LogTopic(kafka, wave).create(config.topic());
      prepare(connection, PostgresIdentity.read(connection));
    } catch (SQLException e) {
      throw PostgresFailures.source(e, "prepare the capture of " + wave);
    }
  }

  static void requirePrimary(Connection connection) throws SQLException {
    if (PostgresIdentity.isStandby(connection)) {
      throw new Failure(
          FailureKind.CONFIGURATION,
          "SOURCE_STANDBY",
          "The source is a standby, but heartbeats and markers must be written to it. Give the"
              + " primary's address.");
    }
  }

  /** The log's texts are Unicode; of SQL_ASCII nobody knows what the bytes mean. */
  static void requireUnicode(Connection connection) throws SQLException {
    if (PostgresIdentity.encoding(connection).equals("SQL_ASCII")) {
      throw new Failure(
          FailureKind.CONFIGURATION,
          "SOURCE_ENCODING",
          "The source database has the encoding SQL_ASCII, so what its texts' bytes mean is not"
              + " known and they cannot be carried exactly. Dump and restore it with a true"
              + " encoding first.");
    }
  }

  private void requireColumnNames(Connection connection) throws SQLException {
    for (TableSchema table : PostgresCatalog.tables(connection)) {
      if (!config.tables().contains(table.id())) {
        continue;
      }
      Optional<String> refusal =
          PostgresColumnNames.refusal(table.columns().stream().map(ColumnSchema::name).toList());
      if (refusal.isPresent()) {
        throw new Failure(
            FailureKind.CONFIGURATION,
            "COLUMN_NAME",
            "Table " + table.id() + " cannot be captured: " + refusal.get() + ".");
      }
    }
  }

  private void prepare(Connection connection, PostgresIdentity identity) throws SQLException {
    WaveId wave = config.wave();
    // The slot first: a capture that runs may write and confirm more in between.
    Optional<PostgresSlotState> slot = PostgresSlots.find(connection, wave.slot());
    boolean active = slot.isPresent() && slot.get().isActive();
    if (!active) {
      // A commit that a killed capture left half done would hide the true tail. No fence here: a
      // capture may be about to start, and would be cut off.
      new LogTopic(kafka, wave).awaitSettled();
    }
    LogTail tail = LogTail.read(kafka, wave);
    if (tail.source() == null && slot.isEmpty() && tail.transaction() == 0) {
      append(identity, null, null);
    } else {
      SourceContinuity.requireSameSource(tail.source(), identity);
    }
    publication(connection);
    if (tail.start() == null) {
      LsnPosition start =
          slot.isPresent() ? slot.get().confirmed() : PostgresSlots.create(connection, wave.slot());
      append(identity, start, PostgresWaveRelations.read(connection, wave.publication()));
    } else {
      if (!active) {
        SourceContinuity.require(tail, identity, slot, walEnd(connection));
      }
      requireSameTables(connection, config, tail, new WaveRelations());
    }
  }

  /**
   * Compares the wave's tables with those that the log began with.
   *
   * @return the latter
   */
  static PostgresWaveRelations requireSameTables(
      Connection connection, CaptureConfig config, LogTail tail, WaveRelations relations)
      throws SQLException {
    PostgresWaveRelations now = PostgresWaveRelations.read(connection, config.wave().publication());
    String logged = tail.tables();
    PostgresWaveRelations origin = logged == null ? now : PostgresWaveRelations.parse(logged);
    relations.require(
        origin,
        now,
        PostgresWaveRelations.names(
            connection, origin.roots().stream().map(PostgresWaveRelations.Root::oid).toList()));
    return origin;
  }

  private void append(
      PostgresIdentity identity,
      @Nullable LsnPosition start,
      @Nullable PostgresWaveRelations relations) {
    Headers headers = LogHeaders.origin(identity.text(), start);
    if (relations != null) {
      LogHeaders.withTables(headers, relations.text());
    }
    try (LogWriter writer = LogWriter.open(kafka, config.wave())) {
      writer.append(null, headers);
      writer.commit();
    }
  }

  private void publication(Connection connection) throws SQLException {
    String publication = config.wave().publication();
    if (!PostgresPublications.exists(connection, publication)) {
      PostgresPublications.create(connection, publication, config.tables());
    }
    Optional<String> difference =
        PostgresPublications.difference(connection, publication, config.tables());
    if (difference.isPresent()) {
      throw new Failure(
          FailureKind.CONFIGURATION,
          "PUBLICATION_DIFFERS",
          "The publication "
              + publication
              + " on the source is not that of the wave "
              + config.wave()
              + ": "
              + difference.get()
              + ". Tables cannot be added to or taken out of a wave that is under way. Undo the"
              + " change, or begin anew: veer drop, then veer run.");
    }
  }

  static LsnPosition walEnd(Connection connection) throws SQLException {
    try (PreparedStatement query =
            connection.prepareStatement("SELECT pg_current_wal_lsn()::text");
        ResultSet row = query.executeQuery()) {
      row.next();
      return LsnPosition.parse(row.getString(1));
    }
  }
}
