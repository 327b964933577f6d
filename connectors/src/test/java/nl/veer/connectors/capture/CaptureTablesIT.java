package nl.veer.connectors.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.connectors.log.LogTopic;
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
      long before = running.capture.status().transaction();
      await()
          .atMost(CaptureWorld.PATIENCE)
          .until(() -> running.capture.status().transaction() > before + 30);
      assertThat(running.capture.status().failure()).isNull();
    }
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
