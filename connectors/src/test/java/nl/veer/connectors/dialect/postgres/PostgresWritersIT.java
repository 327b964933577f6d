package nl.veer.connectors.dialect.postgres;

import static nl.veer.connectors.dialect.postgres.FenceWorld.EVENTS;
import static nl.veer.connectors.dialect.postgres.FenceWorld.ORDERS;
import static nl.veer.connectors.dialect.postgres.FenceWorld.TABLES;
import static nl.veer.connectors.dialect.postgres.FenceWorld.execute;
import static nl.veer.connectors.dialect.postgres.FenceWorld.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import nl.veer.connectors.event.LsnPosition;
import nl.veer.connectors.event.WaveId;
import nl.veer.sandbox.postgres.StopMode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

/** Whose transactions have written, and what a marker's place proves, on a real server. */
class PostgresWritersIT {
  private static final WaveId WAVE = new WaveId("shop", "main");

  private static FenceWorld world;

  private String database;
  private Connection veer;
  private Connection app;

  @BeforeAll
  static void startServer() throws SQLException {
    world = new FenceWorld();
  }

  @AfterAll
  static void stopServer() {
    world.close();
  }

  @BeforeEach
  void makeDatabase() throws SQLException {
    database = world.database();
    veer = world.veer(database);
    app = world.connect(database, "app");
    app.setAutoCommit(false);
  }

  @AfterEach
  void endSessions() throws SQLException {
    app.close();
    veer.close();
  }

  @Test
  void seesAnOpenTransactionFromItsFirstWriteToItsEnd() throws SQLException {
    rows(app, "SELECT * FROM shop.orders FOR UPDATE");
    assertThat(PostgresWriters.on(veer, TABLES)).isEmpty();
    execute(app, "UPDATE shop.orders SET note = 'x'");

    List<Writer> writers = PostgresWriters.on(veer, TABLES);

    assertThat(writers).hasSize(1);
    Writer writer = writers.get(0);
    assertThat(writer.pid()).isEqualTo(app.unwrap(PGConnection.class).getBackendPID());
    assertThat(writer.gid()).isNull();
    assertThat(writer.user()).isEqualTo("app");
    assertThat(writer.application()).isEqualTo("till");
    assertThat(PostgresWriters.left(veer, TABLES, writers)).isEqualTo(writers);
    app.rollback();
    assertThat(PostgresWriters.left(veer, TABLES, writers)).isEmpty();
  }

  @Test
  void seesAPreparedTransactionToItsEndAcrossARestart() throws SQLException {
    execute(app, "INSERT INTO shop.events VALUES (2, 'x')");
    List<Writer> open = PostgresWriters.on(veer, TABLES);
    execute(app, "PREPARE TRANSACTION 'shop''s order'");

    List<Writer> prepared = PostgresWriters.left(veer, TABLES, open);

    assertThat(prepared).hasSize(1);
    assertThat(prepared.get(0).pid()).isZero();
    assertThat(prepared.get(0).gid()).isEqualTo("shop's order");
    assertThat(prepared.get(0).user()).isEqualTo("app");
    assertThat(prepared.get(0).since()).isAfter(Instant.now().minus(Duration.ofMinutes(5)));
    assertThat(prepared.get(0).told()).contains("the prepared transaction 'shop''s order' of app");
    world.server.restart(StopMode.IMMEDIATE);
    try (Connection again = world.veer(database);
        Connection other = world.connect(database, "app")) {
      assertThat(PostgresWriters.on(again, TABLES))
          .extracting(Writer::gid)
          .containsExactly("shop's order");
      execute(other, "COMMIT PREPARED 'shop''s order'");
      assertThat(PostgresWriters.on(again, TABLES)).isEmpty();
    }
  }

  @Test
  void seesWritesByWhicheverNameThePartitionHas() throws SQLException {
    execute(app, "INSERT INTO shop.events_2a VALUES (1600, 'x')");

    assertThat(PostgresWriters.on(veer, List.of(EVENTS))).hasSize(1);
    assertThat(PostgresWriters.on(veer, List.of(ORDERS))).isEmpty();
  }

  @Test
  void seesTruncateAndNotMaintenanceNorItself() throws SQLException {
    veer.setAutoCommit(false);
    execute(veer, "SET ROLE shop_owner; INSERT INTO shop.notes VALUES (9, 'x')");
    execute(app, "LOCK TABLE shop.events IN ROW SHARE MODE");
    try (Connection owner = world.connect(database, "shop_owner")) {
      owner.setAutoCommit(false);
      execute(owner, "ANALYZE shop.orders");
      assertThat(PostgresWriters.on(veer, TABLES)).isEmpty();

      execute(owner, "TRUNCATE shop.orders");

      assertThat(PostgresWriters.on(veer, TABLES))
          .extracting(Writer::user)
          .containsExactly("shop_owner");
    }
    veer.rollback();
  }

  @Test
  void aMarkersPlaceIsBehindWhatCommittedBeforeAndBeforeItsOwnCommit() throws SQLException {
    try (Connection chief = world.connect(database, "chief")) {
      execute(chief, "CREATE PUBLICATION p FOR TABLE shop.orders");
      execute(chief, "SELECT pg_create_logical_replication_slot('markers', 'pgoutput')");
      execute(app, "INSERT INTO shop.orders VALUES (11, 'before')");
      app.commit();

      LsnPosition place = PostgresMarkers.emit(veer, WAVE, "fence", "the content");

      execute(app, "INSERT INTO shop.orders VALUES (12, 'after')");
      app.commit();
      List<String> commits =
          rows(
              chief,
              """
              SELECT CASE get_byte(data, 0) WHEN ascii('C') THEN 'commit ' || lsn
                     ELSE regexp_replace(encode(data, 'escape'), '^.*(shop[.]main[.][a-z.]*).*$', '\\1')
                     END
              FROM pg_logical_slot_get_binary_changes('markers', NULL, NULL, 'proto_version', '1',
                     'publication_names', 'p', 'messages', 'true')
              WHERE get_byte(data, 0) IN (ascii('C'), ascii('M'))
              """);

      assertThat(commits).hasSize(4);
      assertThat(commits.get(1)).isEqualTo("shop.main.marker.fence");
      assertThat(commit(commits.get(0))).isLessThanOrEqualTo(place);
      assertThat(commit(commits.get(2))).isGreaterThan(place);
      assertThat(commit(commits.get(3))).isGreaterThan(place);
      execute(chief, "SELECT pg_drop_replication_slot('markers')");
    }
  }

  @Test
  void aMarkerOfNoKindOrOfAHeartbeatsIsRefused() {
    for (String kind : List.of("", "Fence", "a.heartbeat", "a.marker.b")) {
      assertThatThrownBy(() -> PostgresMarkers.emit(veer, WAVE, kind, ""))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static LsnPosition commit(String row) {
    return LsnPosition.parse(row.substring("commit ".length()));
  }
}
