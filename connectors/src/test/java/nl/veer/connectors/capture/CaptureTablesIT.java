package nl.veer.connectors.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import nl.veer.connectors.event.EchoId;
import nl.veer.connectors.event.RowInserted;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.connectors.log.KafkaLogReader;
import nl.veer.connectors.log.LogTopic;
import nl.veer.connectors.log.LoggedEvent;
import nl.veer.connectors.log.TopicConfig;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a source does to a table as a whole, of which its log says nothing, ends the capture. */
class CaptureTablesIT {
  private static final String TABLE = "CREATE TABLE t (id int PRIMARY KEY)";
  private static final String PARTITIONED =
      "CREATE TABLE t (id int PRIMARY KEY) PARTITION BY RANGE (id)";

  private static CaptureWorld world;

  @BeforeAll
  static void begin() {
    world = CaptureWorld.shared();
  }

  @Test
  void stopsAtAChangeOfARenamedTable() throws Exception {
    refused(
        "TABLE_REPLACED",
        TABLE,
        "ALTER TABLE t RENAME TO u",
        "INSERT INTO u VALUES (1)",
        "ALTER TABLE u RENAME TO t");
  }

  @Test
  void stopsAtATruncateOfARenamedTable() throws Exception {
    refused(
        "TABLE_REPLACED",
        TABLE,
        "ALTER TABLE t RENAME TO u",
        "TRUNCATE u",
        "ALTER TABLE u RENAME TO t");
  }

  @Test
  void stopsWhenATableWasSwapped() throws Exception {
    refused(
        "TABLE_REPLACED",
        TABLE,
        "CREATE TABLE u (LIKE t INCLUDING ALL)",
        "ALTER TABLE t RENAME TO old",
        "ALTER TABLE u RENAME TO t");
  }

  @Test
  void stopsWhenATableWasMadeAnew() throws Exception {
    refused("TABLE_REPLACED", TABLE, "DROP TABLE t", TABLE);
  }

  @Test
  void stopsWhenATableIsUnpublishedAndPutBack() throws Exception {
    refused(
        "TABLE_UNPUBLISHED",
        TABLE,
        "ALTER PUBLICATION veer_it__%1$s DROP TABLE t",
        "INSERT INTO t VALUES (1)",
        "ALTER PUBLICATION veer_it__%1$s ADD TABLE t");
  }

  @Test
  void stopsWhenAPartitionIsDropped() throws Exception {
    refused(
        "PARTITION_REMOVED",
        PARTITIONED + "; CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (0) TO (10)",
        "DROP TABLE t1");
  }

  @Test
  void stopsWhenAPartitionIsTruncated() throws Exception {
    refused(
        "PARTITION_TRUNCATED",
        PARTITIONED
            + "; CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (0) TO (10)"
            + "; CREATE TABLE t2 PARTITION OF t FOR VALUES FROM (10) TO (20)"
            + "; INSERT INTO t VALUES (1), (11)",
        "TRUNCATE t1");
  }

  @Test
  void stopsWhenAPartitionIsAttachedWithRows() throws Exception {
    refused(
        "PARTITION_FILLED",
        PARTITIONED + "; CREATE TABLE t1 (id int PRIMARY KEY); INSERT INTO t1 VALUES (1)",
        "ALTER TABLE t ATTACH PARTITION t1 FOR VALUES FROM (0) TO (10)");
  }

  @Test
  void goesOnWhenAPartitionIsMadeAndFilled() throws Exception {
    CaptureWorld.Source source = world.source(PARTITIONED);
    try (CaptureWorld.Running running = source.start("t")) {
      source.sql(
          "CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (0) TO (10)", "INSERT INTO t VALUES (1)");
      assertThat(source.changes(1)).hasSize(1);
      // Heartbeats of two seconds, in which it looks several times.
      long before = running.capture.status().transaction();
      await()
          .atMost(CaptureWorld.PATIENCE)
          .until(() -> running.capture.status().transaction() > before + 10);
      assertThat(running.capture.status().failure()).isNull();
    }
  }

  @Test
  void aRecordOfVeersOwnThatIsPublishedLaterIsCarriedFromThereOn() throws Exception {
    CaptureWorld.Source source =
        world.source(TABLE, "CREATE SCHEMA veer", "CREATE TABLE veer.repair (id int PRIMARY KEY)");
    EchoId echo = source.wave.echo();
    TableId first = new TableId("public", "t");
    TableId repair = new TableId("veer", "repair");
    Capture before = capture(source, echo, first);
    before.prepare();
    try (CaptureWorld.Running running = new CaptureWorld.Running(before, source)) {
      source.sql("INSERT INTO t VALUES (1)");
      awaitInsert(echo, first);
      assertThat(running.capture.status().failure()).isNull();
    }
    source.sql("ALTER PUBLICATION %s ADD TABLE veer.repair".formatted(echo.publication()));
    Capture later = capture(source, echo, first, repair);
    later.prepare();
    try (CaptureWorld.Running running = new CaptureWorld.Running(later, source)) {
      source.sql("INSERT INTO veer.repair VALUES (7)");
      awaitInsert(echo, repair);
      assertThat(running.capture.status().failure()).isNull();
    }
  }

  private static Capture capture(CaptureWorld.Source source, EchoId echo, TableId... tables) {
    return new Capture(
        new CaptureConfig(echo, List.of(tables), new TopicConfig(1, 1), Duration.ofMillis(200)),
        source.connections(),
        world.kafkaEndpoint(),
        world.registryEndpoint());
  }

  private static void awaitInsert(EchoId echo, TableId table) {
    try (KafkaLogReader reader =
        KafkaLogReader.open(
            world.kafkaEndpoint(), world.registryEndpoint(), echo, new TopicConfig(1, 1))) {
      await()
          .atMost(CaptureWorld.PATIENCE)
          .until(
              () ->
                  reader.poll(Duration.ofMillis(200)).stream()
                      .map(LoggedEvent::event)
                      .anyMatch(
                          event -> event instanceof RowInserted row && row.table().equals(table)));
    }
  }

  @Test
  void stopsWhenAnotherTableIsPublishedLater() throws Exception {
    refused(
        "TABLE_ADDED",
        TABLE,
        "CREATE TABLE u (id int PRIMARY KEY)",
        "ALTER PUBLICATION veer_it__%1$s ADD TABLE u");
  }

  @Test
  void stopsWhenTheTopicIsDeletedAndMadeAnewWhileItRuns() throws Exception {
    CaptureWorld.Source source = world.source(TABLE);
    try (CaptureWorld.Running running = source.start("t")) {
      source.sql("INSERT INTO t VALUES (1)");
      source.changes(1);
      LogTopic topic = new LogTopic(world.kafkaEndpoint(), source.wave);
      topic.delete();
      topic.create(new TopicConfig(1, 1));

      running.join();

      assertThat(running.failure)
          .isInstanceOfSatisfying(
              Failure.class,
              failure -> assertThat(failure.kind()).isEqualTo(FailureKind.LOST_POSITION));
    }
  }

  @Test
  void refusesColumnsThatWouldBeMixedUp() throws Exception {
    CaptureWorld.Source source = world.source("CREATE TABLE t (id int PRIMARY KEY, \"ID\" int)");
    assertThatThrownBy(() -> source.capture("t").prepare())
        .hasMessageContaining("differ only in case")
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> assertThat(failure.kind()).isEqualTo(FailureKind.CONFIGURATION));
  }

  /** Debezium would take the quotes for SQL's, and pass over the table's changes. */
  @Test
  void refusesATableWhoseNameHasQuotesAroundIt() throws Exception {
    CaptureWorld.Source source = world.source("CREATE TABLE \"'t'\" (id int PRIMARY KEY)");
    assertThatThrownBy(() -> source.capture("'t'").prepare())
        .hasMessageContaining("has quotes around it")
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.code()).isEqualTo("COLUMN_NAME"));
  }

  @Test
  void refusesASourceOfUnknownEncoding() throws Exception {
    CaptureWorld.Source source = world.source(TABLE);
    String database = source.database + "_ascii";
    source.sql(
        "CREATE DATABASE " + database + " TEMPLATE template0 ENCODING 'SQL_ASCII' LOCALE 'C'");
    try (Connection connection = world.postgres.connect(database)) {
      assertThatThrownBy(() -> CapturePreparation.requireUnicode(connection))
          .isInstanceOfSatisfying(
              Failure.class, failure -> assertThat(failure.code()).isEqualTo("SOURCE_ENCODING"));
    }
  }

  private static void refused(String code, String ddl, String... changes) throws Exception {
    CaptureWorld.Source source = world.source(ddl);
    try (CaptureWorld.Running running = source.start("t")) {
      await().atMost(CaptureWorld.PATIENCE).until(() -> running.capture.status().transaction() > 0);
      for (String change : changes) {
        source.sql(change.formatted(source.database));
      }
      await().atMost(CaptureWorld.PATIENCE).until(() -> running.capture.status().failure() != null);
      Failure failure = running.capture.status().failure();
      assertThat(failure).isNotNull();
      assertThat(failure.code()).as(failure.toString()).isEqualTo(code);
    }
  }
}
