package nl.veer.connectors.capture;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import nl.veer.connectors.dialect.ColumnSchema;
import nl.veer.connectors.dialect.SourceConnections;
import nl.veer.connectors.dialect.TableSchema;
import nl.veer.connectors.dialect.postgres.PostgresCatalog;
import nl.veer.connectors.dialect.postgres.PostgresColumnNames;
import nl.veer.connectors.dialect.postgres.PostgresColumnTypes;
import nl.veer.connectors.dialect.postgres.PostgresFailures;
import nl.veer.connectors.dialect.postgres.PostgresIdentity;
import nl.veer.connectors.dialect.postgres.PostgresPublications;
import nl.veer.connectors.dialect.postgres.PostgresServerTraits;
import nl.veer.connectors.dialect.postgres.PostgresSlotState;
import nl.veer.connectors.dialect.postgres.PostgresSlots;
import nl.veer.connectors.dialect.postgres.PostgresWaveRelations;
import nl.veer.connectors.event.EchoId;
import nl.veer.connectors.event.LogId;
import nl.veer.connectors.event.LsnPosition;
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
  /** Longer than a living writer leaves a transaction open. */
  private static final Duration A_COMMIT = Duration.ofSeconds(3);

  /** The schema of Veer's own records, which an echo carries. */
  private static final String RECORDS = "veer";

  private final CaptureConfig config;
  private final SourceConnections source;
  private final KafkaEndpoint kafka;

  CapturePreparation(CaptureConfig config, SourceConnections source, KafkaEndpoint kafka) {
    this.config = config;
    this.source = source;
    this.kafka = kafka;
  }

  void run() {
    LogId log = config.log();
    try (Connection connection = source.open(log + " prepare")) {
      requirePrimary(connection);
      requireUnicode(connection);
      requireColumnNames(connection);
      requireTypes(connection);
      PostgresColumnTypes.require(
          connection, Set.copyOf(config.tables()), FailureKind.CONFIGURATION);
      new LogTopic(kafka, log).create(config.topic());
      prepare(connection, PostgresIdentity.read(connection));
    } catch (SQLException e) {
      throw PostgresFailures.source(e, "prepare the capture of " + log);
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

  /** Of the whole database: Debezium reads them all when it starts, and fails without a reason. */
  private static void requireTypes(Connection connection) throws SQLException {
    List<String> types = PostgresServerTraits.read(connection).unreadableTypes();
    if (!types.isEmpty()) {
      throw new Failure(
          FailureKind.CONFIGURATION,
          "SOURCE_TYPE",
          "Debezium does not start on a database with a domain over an enum, or an enum without"
              + " labels: "
              + String.join(", ", types)
              + ". Give the columns the enum itself and a CHECK constraint, and DROP DOMAIN.");
    }
  }

  private void requireColumnNames(Connection connection) throws SQLException {
    Optional<String> alike = PostgresColumnNames.clash(config.tables());
    if (alike.isPresent()) {
      throw new Failure(
          FailureKind.CONFIGURATION,
          "COLUMN_NAME",
          "The tables cannot be captured together: " + alike.get() + ".");
    }
    for (TableSchema table : PostgresCatalog.tables(connection)) {
      if (!config.tables().contains(table.id())) {
        continue;
      }
      Optional<String> refusal =
          PostgresColumnNames.refusal(table.id())
              .or(
                  () ->
                      PostgresColumnNames.refusal(
                          table.columns().stream().map(ColumnSchema::name).toList()));
      if (refusal.isPresent()) {
        throw new Failure(
            FailureKind.CONFIGURATION,
            "COLUMN_NAME",
            "Table " + table.id() + " cannot be captured: " + refusal.get() + ".");
      }
    }
  }

  private void prepare(Connection connection, PostgresIdentity identity) throws SQLException {
    LogId log = config.log();
    // The slot first: a capture that runs may write and confirm more in between.
    Optional<PostgresSlotState> slot = PostgresSlots.find(connection, log.slot());
    boolean active = slot.isPresent() && slot.get().isActive();
    if (!active) {
      settle(connection);
    }
    LogTail tail = LogTail.read(kafka, log, config.topic().maxRecordBytes());
    if (tail.source() == null && slot.isEmpty() && tail.transaction() == 0) {
      append(identity, null, null);
    } else {
      SourceContinuity.requireSameSource(tail.source(), identity);
    }
    publication(connection);
    if (tail.start() == null) {
      if (active) {
        throw makingSlot(slot.get());
      }
      LsnPosition start =
          slot.isPresent() ? slot.get().confirmed() : PostgresSlots.create(connection, log.slot());
      append(identity, start, PostgresWaveRelations.read(connection, log.publication()));
    } else {
      if (!active) {
        SourceContinuity.require(tail, identity, slot, walEnd(connection));
      }
      requireSameTables(connection, config, tail, new WaveRelations(log));
    }
  }

  /**
   * No capture reads a slot whose beginning the log does not say. So a preparation makes it, maybe
   * one that was killed: the server goes on until the transactions that it waits for have ended,
   * and only then is known where the slot begins.
   */
  private Failure makingSlot(PostgresSlotState slot) {
    return new Failure(
        FailureKind.TRANSIENT,
        "SLOT_IN_USE",
        "The source's replication slot "
            + config.log().slot()
            + " is being made by the server's process "
            + slot.activePid()
            + ", which waits for the transactions that run now. Waiting for it.");
  }

  /**
   * A transaction that a killed capture left open, or its half done commit, would hide the true
   * tail. No fence at first: a capture may be about to start, and would be cut off. But that one
   * writes nothing before it holds the slot, so what is open for longer belongs to nobody alive.
   */
  private void settle(Connection connection) throws SQLException {
    LogTopic topic = new LogTopic(kafka, config.log());
    if (topic.isSettledWithin(A_COMMIT)) {
      return;
    }
    Optional<PostgresSlotState> slot = PostgresSlots.find(connection, config.log().slot());
    if (slot.isEmpty() || !slot.get().isActive()) {
      LogWriter.open(kafka, config.log(), config.topic()).close();
    }
    if (!topic.isSettledWithin(A_COMMIT)) {
      throw new Failure(
          FailureKind.TRANSIENT,
          "LOG_UNSETTLED",
          "The log of " + config.log() + " has an open transaction: somebody writes to it.");
    }
  }

  /**
   * Compares the wave's tables with those that the log began with.
   *
   * @return the latter, and those of Veer's own records that a newer Veer has added to them since
   */
  static PostgresWaveRelations requireSameTables(
      Connection connection, CaptureConfig config, LogTail tail, WaveRelations relations)
      throws SQLException {
    PostgresWaveRelations now = PostgresWaveRelations.read(connection, config.log().publication());
    PostgresWaveRelations origin = origin(config, tail.tables(), now);
    relations.require(
        origin,
        now,
        PostgresWaveRelations.names(
            connection, origin.roots().stream().map(PostgresWaveRelations.Root::oid).toList()));
    return origin;
  }

  /**
   * What a capture has to find: the tables that its log began with. An echo's may have become more,
   * for Veer's own records do; a source's schema of that name is anybody's, and what was written to
   * it before is not in the log.
   */
  static PostgresWaveRelations origin(
      CaptureConfig config, @Nullable String logged, PostgresWaveRelations now) {
    if (logged == null) {
      return now;
    }
    PostgresWaveRelations origin = PostgresWaveRelations.parse(logged);
    return config.log() instanceof EchoId
        ? origin.withAdded(
            now, name -> name.schema().equals(RECORDS) && config.tables().contains(name))
        : origin;
  }

  private void append(
      PostgresIdentity identity,
      @Nullable LsnPosition start,
      @Nullable PostgresWaveRelations relations) {
    Headers headers = LogHeaders.origin(identity.text(), start);
    if (relations != null) {
      LogHeaders.withTables(headers, relations.text());
    }
    try (LogWriter writer = LogWriter.open(kafka, config.log(), config.topic())) {
      writer.append(null, headers);
      writer.commit();
    }
  }

  private void publication(Connection connection) throws SQLException {
    String publication = config.log().publication();
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
              + config.log()
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
