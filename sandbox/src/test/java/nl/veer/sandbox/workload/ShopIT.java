package nl.veer.sandbox.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import nl.veer.sandbox.oracle.Judgement;
import nl.veer.sandbox.oracle.Oracle;
import nl.veer.sandbox.oracle.TableJudgement;
import nl.veer.sandbox.postgres.SandboxPostgres;
import nl.veer.sandbox.postgres.StopMode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShopIT {
  private static final int CUSTOMERS = 500;
  private static SandboxPostgres postgres;

  @TempDir private Path directory;

  @BeforeAll
  static void startServer() {
    postgres = SandboxPostgres.startTemporary();
  }

  @AfterAll
  static void endServer() {
    postgres.close();
  }

  @Test
  void theSameSeedFillsTheSameShop() throws Exception {
    createShop("same_left", 7);
    createShop("same_right", 7);
    createShop("other", 8);

    assertThat(judge("same_left", "same_right").equal()).isTrue();
    assertThat(judge("same_left", "other").equal()).isFalse();
  }

  @Test
  void fillsAboutAsManyRowsAsAskedFor() throws Exception {
    postgres.createDatabase("sized");
    try (Connection connection = postgres.connect("sized")) {
      ShopSchema.create(connection);

      assertThat(ShopFill.ofRows(1, 20_000).fill(connection)).isBetween(18_000L, 22_000L);
    }
  }

  @Test
  void isFoundedOnBothSidesAndFilledOnce() throws Exception {
    postgres.createDatabase("old_site");
    postgres.createDatabase("new_site");
    try (Connection source = postgres.connect("old_site");
        Connection target = postgres.connect("new_site")) {
      assertThat(new ShopFill(2, 20).found(source, target)).isPositive();
      assertThat(ShopSchema.exists(target)).isTrue();

      assertThat(new ShopFill(2, 20).found(source, target)).isZero();
    }
    assertThat(judge("old_site", "new_site").equal()).isFalse();
  }

  @Test
  void everyAcknowledgedCommitIsThereOnceAndNothingElse() throws Exception {
    createShop("busy", 1);
    WorkloadConfig config =
        WorkloadConfig.of(1, 200)
            .withTruncateEvery(Duration.ofSeconds(1))
            .withHuge(Duration.ofSeconds(1), 2_000);

    ShopWorkload workload = ShopWorkload.start(config, () -> postgres.connect("busy"));
    await().atMost(Duration.ofSeconds(60)).until(() -> hasCommitted(workload, 1_000));
    workload.stop();

    assertThat(commits("busy")).isEqualTo(workload.acknowledged());
    assertThat(workload.committedByKind().entrySet())
        .filteredOn(kind -> kind.getKey().commits())
        .allSatisfy(kind -> assertThat(kind.getValue()).as(kind.getKey().name()).isPositive());
    assertThat(judge("busy", "busy").equal()).isTrue();
  }

  @Test
  void goesOnWhenTheServerDiesAndStillKnowsWhatWasCommitted() throws Exception {
    try (SandboxPostgres mortal = SandboxPostgres.startTemporary()) {
      try (Connection connection = mortal.connect("postgres")) {
        ShopSchema.create(connection);
        new ShopFill(3, 100).fill(connection);
      }
      ShopWorkload workload =
          ShopWorkload.start(WorkloadConfig.of(3, 300), () -> mortal.connect("postgres"));
      await().atMost(Duration.ofSeconds(30)).until(() -> hasCommitted(workload, 100));

      mortal.restart(StopMode.KILL);
      mortal.restart(StopMode.IMMEDIATE);

      long before = workload.committed();
      await().atMost(Duration.ofSeconds(60)).until(() -> hasCommitted(workload, before + 100));
      workload.stop();
      assertThat(workload.outages()).isPositive();
      assertThat(commits(mortal, "postgres")).isEqualTo(workload.acknowledged());
    }
  }

  @Test
  void refusedClientsGoWhereTheAddressLeads() throws Exception {
    createShop("refusing", 4);
    createShop("taking", 4);
    execute("refusing", "ALTER DATABASE refusing SET default_transaction_read_only = on");
    ShopAddress address =
        new ShopAddress(
            directory.resolve("address"),
            () -> postgres.connect("refusing"),
            () -> postgres.connect("taking"));

    ShopWorkload workload = ShopWorkload.start(WorkloadConfig.of(4, 300), address);
    await().atMost(Duration.ofSeconds(30)).until(() -> workload.refusals() > 10);
    assertThat(workload.committed()).isZero();
    address.lead(true);
    await().atMost(Duration.ofSeconds(30)).until(() -> hasCommitted(workload, 100));
    workload.stop();

    assertThat(commits("taking")).isEqualTo(workload.acknowledged());
  }

  @Test
  void refusedClientsEndWhenTheyAreStopped() throws Exception {
    createShop("refused", 4);
    execute("refused", "ALTER DATABASE refused SET default_transaction_read_only = on");

    ShopWorkload workload =
        ShopWorkload.start(WorkloadConfig.of(4, 300), () -> postgres.connect("refused"));
    await().atMost(Duration.ofSeconds(30)).until(() -> workload.refusals() > 10);
    assertTimeoutPreemptively(Duration.ofSeconds(30), workload::stop);

    assertThat(workload.committed()).isZero();
  }

  @Test
  void theOracleNoticesOneChangedByteAndNamesTheTable() throws Exception {
    createShop("original", 5);
    createShop("altered", 5);
    execute(
        "altered",
        "UPDATE shop.products SET description = overlay(description placing '~' from 2500)"
            + " WHERE id = 77");

    Judgement judgement = judge("original", "altered");

    assertThat(judgement.firstDifference().map(TableJudgement::table)).contains("shop.products");
    assertThat(judgement.tables()).hasSize(ShopSchema.TABLES.size());
    assertThat(judgement.tables()).filteredOn(table -> !table.equal()).hasSize(1);
  }

  @Test
  void theOracleNoticesALostDuplicateANullAndAMissingTable() throws Exception {
    createShop("left", 6);
    createShop("right", 6);
    execute(
        "right",
        "DELETE FROM shop.audit WHERE ctid = (SELECT min(ctid) FROM shop.audit);"
            + "UPDATE shop.orders SET note = NULL WHERE note = '';"
            + "DROP TABLE shop.imports");

    assertThat(judge("left", "right").tables())
        .filteredOn(table -> !table.equal())
        .extracting(TableJudgement::table)
        .containsExactly("shop.audit", "shop.imports", "shop.orders");
  }

  /** The workload may end early; then waiting is over, and stop() tells why. */
  private static boolean hasCommitted(ShopWorkload workload, long count) {
    return workload.committed() >= count || workload.failure().isPresent();
  }

  private static void createShop(String database, long seed) throws SQLException {
    postgres.createDatabase(database);
    try (Connection connection = postgres.connect(database)) {
      ShopSchema.create(connection);
      new ShopFill(seed, CUSTOMERS).fill(connection);
    }
  }

  private static Judgement judge(String left, String right) throws SQLException {
    try (Connection one = postgres.connect(left);
        Connection other = postgres.connect(right)) {
      return Oracle.compare(one, other, List.of(ShopSchema.NAME));
    }
  }

  private static Map<Integer, Long> commits(String database) throws SQLException {
    return commits(postgres, database);
  }

  private static Map<Integer, Long> commits(SandboxPostgres server, String database)
      throws SQLException {
    Map<Integer, Long> last = new TreeMap<>();
    try (Connection connection = server.connect(database);
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT client, max(sequence), count(*) FROM shop.commits GROUP BY client")) {
      while (rows.next()) {
        assertThat(rows.getLong(3)).isEqualTo(rows.getLong(2));
        last.put(rows.getInt(1), rows.getLong(2));
      }
    }
    return last;
  }

  private static void execute(String database, String sql) throws SQLException {
    try (Connection connection = postgres.connect(database);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
