package nl.veer.verifier.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import nl.veer.sandbox.postgres.SandboxPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The audit log on a target. */
class AuditLogIT {
  /** As the Veer before the chain made it. */
  private static final String OLD_TABLE =
      """
      CREATE SCHEMA veer;
      CREATE TABLE veer.audit (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        at timestamptz NOT NULL DEFAULT clock_timestamp(),
        role name NOT NULL DEFAULT session_user, address inet DEFAULT inet_client_addr(),
        migration text NOT NULL, wave text NOT NULL, what text NOT NULL);
      """;

  private static SandboxPostgres server;
  private static int databases;

  private String database;
  private Connection connection;

  @BeforeAll
  static void start() {
    server = SandboxPostgres.startTemporary();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void create() throws SQLException {
    database = "audit" + ++databases;
    server.createDatabase(database);
    connection = server.connect(database);
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  @Test
  void saysWhoWhenFromWhereAndHowItEnded() throws SQLException {
    assertThat(AuditLog.read(connection, "shop")).isEmpty();

    append("veer drop", "done");

    AuditRecord record = AuditLog.read(connection, "shop").get(0);
    assertThat(record.number()).isEqualTo(1);
    assertThat(record.role()).isEqualTo(server.user());
    assertThat(record.address()).isIn("127.0.0.1", "::1");
    assertThat(record.process())
        .startsWith(System.getProperty("user.name") + "@")
        .endsWith(" process " + ProcessHandle.current().pid());
    assertThat(record.what()).isEqualTo("veer drop");
    assertThat(record.result()).isEqualTo("done");
    assertThat(connection.getAutoCommit()).isTrue();
  }

  @Test
  void manySessionsAtOnceMakeOneChainPerMigration() throws Exception {
    int sessions = 8;
    int each = 12;
    ExecutorService threads = Executors.newFixedThreadPool(sessions);
    List<Future<?>> done = new ArrayList<>();
    for (int i = 0; i < sessions; i++) {
      int session = i;
      done.add(
          threads.submit(
              () -> {
                try (Connection own = server.connect(database)) {
                  own.setAutoCommit(session % 2 == 0);
                  for (int entry = 0; entry < each; entry++) {
                    String migration = entry % 3 == 0 ? "other" : "shop";
                    AuditLog.append(
                        own, new AuditEntry(migration, "main", session + " " + entry, "done"));
                    if (!own.getAutoCommit()) {
                      own.commit();
                    }
                  }
                }
                return null;
              }));
    }
    for (Future<?> one : done) {
      one.get(60, TimeUnit.SECONDS);
    }
    threads.shutdown();

    List<AuditRecord> shop = AuditLog.read(connection, "shop");
    List<AuditRecord> other = AuditLog.read(connection, "other");
    assertThat(shop).hasSize(sessions * 8);
    assertThat(other).hasSize(sessions * 4);
    assertThat(AuditLog.broken(shop)).isEmpty();
    assertThat(AuditLog.broken(other)).isEmpty();
    assertThat(shop).extracting(AuditRecord::what).doesNotHaveDuplicates();
  }

  @Test
  void anEntryIsPartOfTheCallersTransaction() throws SQLException {
    append("kept", "done");
    connection.setAutoCommit(false);
    append("undone", "done");
    connection.rollback();
    connection.setAutoCommit(true);
    append("kept too", "done");

    List<AuditRecord> records = AuditLog.read(connection, "shop");
    assertThat(records).extracting(AuditRecord::what).containsExactly("kept", "kept too");
    assertThat(AuditLog.broken(records)).isEmpty();
  }

  @Test
  void aSnapshotThatIsTooOldCannotForkTheChain() throws SQLException {
    append("first", "done");
    try (Connection own = server.connect(database)) {
      own.setAutoCommit(false);
      own.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      assertThat(AuditLog.read(own, "shop")).hasSize(1);
      append("second", "done");

      assertThatThrownBy(() -> AuditLog.append(own, new AuditEntry("shop", "main", "fork", "done")))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("audit_number");
    }
  }

  @Test
  void followsTheEntriesOfAnOlderVeerAndSealsThem() throws SQLException {
    execute(OLD_TABLE);
    execute("INSERT INTO veer.audit (migration, wave, what) VALUES ('shop', 'main', 'old 1')");
    execute("INSERT INTO veer.audit (migration, wave, what) VALUES ('shop', 'main', 'old 2')");
    assertThat(AuditLog.read(connection, "shop")).extracting(AuditRecord::number).containsOnly(0L);

    append("new", "done");

    List<AuditRecord> records = AuditLog.read(connection, "shop");
    assertThat(records).extracting(AuditRecord::what).containsExactly("old 1", "old 2", "new");
    assertThat(AuditLog.broken(records)).isEmpty();
    unguarded("UPDATE veer.audit SET what = 'other' WHERE what = 'old 1'");
    assertThat(AuditLog.broken(AuditLog.read(connection, "shop")).orElseThrow())
        .contains("entries before the chain");
  }

  @Test
  void whatIsDoneToTheTableShows() throws SQLException {
    for (int i = 1; i <= 5; i++) {
      append("step " + i, "done");
    }
    unguarded("UPDATE veer.audit SET at = at + interval '1 microsecond' WHERE number = 2");
    assertBroken("entry 2 was changed");
    unguarded("UPDATE veer.audit SET at = at - interval '1 microsecond' WHERE number = 2");
    assertThat(AuditLog.broken(AuditLog.read(connection, "shop"))).isEmpty();
    unguarded("DELETE FROM veer.audit WHERE number = 4");
    assertBroken("entry 4 is missing");
    unguarded("UPDATE veer.audit SET number = 4 WHERE number = 5");
    assertBroken("entry 4 was changed");
  }

  @Test
  void theTableRefusesAnythingButNewEntries() throws SQLException {
    append("kept", "done");
    execute("SET session_replication_role = replica");

    for (String sql :
        List.of(
            "UPDATE veer.audit SET what = 'x'", "DELETE FROM veer.audit", "TRUNCATE veer.audit")) {
      assertThatThrownBy(() -> execute(sql))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("The audit log is only written at its end");
    }
  }

  @Test
  void erasesOneMigrationAndStandsGuardAgain() throws SQLException {
    append("gone", "done");
    AuditLog.append(connection, new AuditEntry("other", "", "stays", "done"));

    AuditLog.erase(connection, "shop");

    assertThat(AuditLog.read(connection, "shop")).isEmpty();
    assertThat(AuditLog.read(connection, "other")).hasSize(1);
    assertThat(AuditLog.hasAny(connection)).isTrue();
    assertThatThrownBy(() -> execute("DELETE FROM veer.audit"))
        .hasMessageContaining("The audit log is only written at its end");
  }

  @Test
  void aDatabaseThatKnowsFewCharactersKeepsEveryEntry() throws SQLException {
    execute(
        "CREATE DATABASE " + database + "_latin TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'");
    try (Connection latin = server.connect(database + "_latin")) {
      AuditLog.append(latin, new AuditEntry("shop", "main", "waive → \u0000\n\uD83D", "été"));

      List<AuditRecord> records = AuditLog.read(latin, "shop");
      assertThat(records.get(0).what()).isEqualTo("waive \\u2192 \\u0000\\u000a\\ud83d");
      assertThat(AuditLog.broken(records)).isEmpty();
    }
  }

  private void assertBroken(String words) throws SQLException {
    assertThat(AuditLog.broken(AuditLog.read(connection, "shop"))).contains(words);
  }

  private void append(String what, String result) throws SQLException {
    AuditLog.append(connection, new AuditEntry("shop", "main", what, result));
  }

  /** Whoever owns the table can take the guard away. */
  private void unguarded(String sql) throws SQLException {
    execute("ALTER TABLE veer.audit DISABLE TRIGGER ALL");
    execute(sql);
    execute("ALTER TABLE veer.audit ENABLE ALWAYS TRIGGER audit_stands");
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
