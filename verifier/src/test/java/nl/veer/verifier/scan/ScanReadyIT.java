package nl.veer.verifier.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import nl.veer.verifier.scan.postgres.RowHash;
import nl.veer.verifier.verdict.ScanStatement;
import nl.veer.verifier.verdict.Verdict;
import org.junit.jupiter.api.Test;

/** A scan whose sessions were opened ahead, while others wrote, of two sides that stand still. */
class ScanReadyIT {
  private static final String[] TABLES = {
    "CREATE TABLE a (id int PRIMARY KEY, v text)",
    "CREATE TABLE b (id int PRIMARY KEY, v text)",
    "INSERT INTO a SELECT i, 'a' || i FROM generate_series(1, 50) i",
    "INSERT INTO b SELECT i, 'b' || i FROM generate_series(1, 50) i"
  };

  private static Scan ready(ScanWorld world) {
    Scan scan =
        new Scan(
            ScanWorld.smallChunks(20),
            world.endpoints(),
            RowHash.random(),
            new StillSettlement(),
            new MemoryRecords(),
            Clock.systemUTC());
    scan.ready();
    return scan;
  }

  @Test
  void comparesWhatIsThereWhenItRunsAndNotWhatWasThereBefore() throws SQLException {
    ScanWorld world = ScanWorld.create().onBoth(TABLES);
    try (Scan scan = ready(world)) {
      world.onBoth("ALTER TABLE a ADD w int", "UPDATE a SET w = id");
      world.onTarget("UPDATE a SET w = 0 WHERE id = 7", "DELETE FROM b WHERE id = 50");

      ScanStatement statement = scan.run(List.of());

      assertThat(statement.verdict()).isEqualTo(new Verdict.Different(2));
    }
  }

  @Test
  void agreesOnAHashThatBothHave() throws SQLException {
    ScanWorld world = ScanWorld.create("TEMPLATE template0 ENCODING 'LATIN1'", "").onBoth(TABLES);
    try (Scan scan = ready(world)) {
      ScanStatement statement = scan.run(List.of());
      assertThat(statement.hash()).startsWith("sha256");
      assertThat(statement.verdict()).isEqualTo(Verdict.equal());
    }
  }

  @Test
  void opensSessionsAnewWhereTheServerHasEndedThem() throws SQLException {
    ScanWorld world = ScanWorld.create().onBoth(TABLES);
    try (Scan scan = ready(world)) {
      assertThat(sessions(world)).hasSize(4);
      world.onSource(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid IN (%s)"
              .formatted(String.join(", ", sessions(world))));
      await().until(() -> sessions(world).isEmpty());

      assertThat(scan.run(List.of()).verdict()).isEqualTo(Verdict.equal());
    }
  }

  /** As behind a firewall that has forgotten them: nobody answers, and nobody says so. */
  @Test
  void doesNotWaitForSessionsThatDoNotAnswer() throws Exception {
    ScanWorld world = ScanWorld.create().onBoth(TABLES);
    try (Scan scan = ready(world)) {
      List<String> silent = sessions(world);
      signal("STOP", silent);
      try {
        long begin = System.nanoTime();
        assertThat(scan.run(List.of()).verdict()).isEqualTo(Verdict.equal());
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(15));
      } finally {
        signal("CONT", silent);
      }
    }
  }

  @Test
  void leavesNoSessionBehindWhetherOrNotItIsRun() throws SQLException {
    ScanWorld world = ScanWorld.create().onBoth(TABLES);
    try (Scan scan = ready(world)) {
      assertThat(sessions(world)).hasSize(4);
    }
    await().until(() -> sessions(world).isEmpty());
    try (Scan scan = ready(world)) {
      scan.run(List.of());
    }
    await().until(() -> sessions(world).isEmpty());
  }

  /** Process ids of the scan's sessions, on both sides. */
  private static List<String> sessions(ScanWorld world) throws SQLException {
    List<String> pids = new ArrayList<>();
    String source = world.sourceUrl().replaceAll(".*/([^?]+).*", "$1");
    String target = world.targetUrl().replaceAll(".*/([^?]+).*", "$1");
    try (Connection connection = world.connectSource();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT pid FROM pg_stat_activity WHERE datname IN ('%s', '%s')"
                        .formatted(source, target)
                    + " AND pid <> pg_backend_pid()")) {
      while (row.next()) {
        pids.add(row.getString(1));
      }
    }
    return pids;
  }

  private static void signal(String name, List<String> pids)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("kill", "-" + name));
    command.addAll(pids);
    assertThat(new ProcessBuilder(command).start().waitFor()).isZero();
  }
}
