package nl.veer.control.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import nl.veer.connectors.dialect.Secret;
import nl.veer.connectors.event.TableId;
import nl.veer.control.config.AlertsConfig;
import nl.veer.control.config.CutoverConfig;
import nl.veer.control.config.DashboardConfig;
import nl.veer.control.config.DatabaseConfig;
import nl.veer.control.config.ObserveConfig;
import nl.veer.control.config.Size;
import nl.veer.control.config.TablePattern;
import nl.veer.control.config.TablesConfig;
import nl.veer.control.config.TlsMode;
import nl.veer.control.config.TuningConfig;
import nl.veer.control.config.VeerConfig;
import nl.veer.control.config.VerificationConfig;
import nl.veer.control.config.WaveConfig;
import nl.veer.control.crossing.Crossing;
import nl.veer.control.crossing.CrossingWorld;
import nl.veer.control.dashboard.live.DatabaseView;
import nl.veer.control.dashboard.live.StatusSource;
import nl.veer.control.dashboard.view.TableRanges.Range;
import nl.veer.control.status.StatusReader;
import nl.veer.control.status.VerdictFigures;
import nl.veer.control.wave.Migration;
import nl.veer.control.wave.OpenLog;
import nl.veer.control.wave.Role;
import nl.veer.sandbox.postgres.SandboxPostgres;
import nl.veer.verifier.record.DifferenceRecord;
import nl.veer.verifier.record.Differences;
import nl.veer.verifier.record.VerdictRecord;
import nl.veer.verifier.record.Verdicts;
import nl.veer.verifier.verdict.Verdict;
import nl.veer.verifier.verdict.WaveVerdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A crossing with run, ledger and scans: what is known of it, and what history says of that. */
class VerdictIT {
  private static final TableId STILL = new TableId("public", "still");
  private static final String TABLE = "CREATE TABLE still (id int PRIMARY KEY, v text)";

  /** A scan each second, at any pace. */
  private static final VerificationConfig QUICK =
      VerificationConfig.of(true, true).scanning(Duration.ofSeconds(1), 0);

  @TempDir private Path data;

  @Test
  void historySaysWhatChangedTheVerdictAndAStoppedVerifierSaysNothing() throws SQLException {
    try (CrossingWorld world = CrossingWorld.with(TABLE)) {
      world.onSource("INSERT INTO still SELECT i, i FROM generate_series(1, 40) i");
      try (Crossing crossing = begin(world, QUICK)) {
        awaitVerdict(crossing, "EQUAL");
        world.onTarget("UPDATE still SET v = 'foreign' WHERE id = 7");
        awaitVerdict(crossing, "DIFFERENT");
        crossing.await("the difference on record", () -> !open(world).isEmpty());
        assertThat(open(world))
            .singleElement()
            .satisfies(
                one -> {
                  assertThat(one.key().texts()).containsExactly("7");
                  assertThat(one.columns()).containsExactly("v");
                });
        TablesSeen seen = seen(world, QUICK);
        seen.assertDifferent();
        world.onTarget("UPDATE still SET v = '7' WHERE id = 7");
        awaitVerdict(crossing, "EQUAL");
        assertThat(seen.ranges().ranges()).extracting(Range::verdict).containsOnly("EQUAL");
        crossing.await("writes that were counted", () -> isWritten(world, seen));
        // A scan that met the row while it was written says UNKNOWN; the second one from now on
        // has begun behind the last write.
        int scans = scans(world);
        crossing.await("a scan of rows that stand still", () -> scans(world) > scans + 1);
        awaitVerdict(crossing, "EQUAL");
      }

      assertThat(open(world)).isEmpty();
      for (String of : new String[] {"public.still", null}) {
        assertHistory(history(world, of));
      }
      CrossingWorld.await(
          "UNKNOWN without a verifier",
          () -> Objects.equals(status(world, QUICK).reason(), "BEHIND"));
      assertThat(atTheEnd(world, Duration.ofSeconds(30)).verdict()).isEqualTo(Verdict.equal());
      assertThat(atTheEnd(world, Duration.ZERO).verdict()).isInstanceOf(Verdict.Unknown.class);
    }
  }

  @Test
  void aScanThatEndedInItsMiddleGoesOnWhereItWas() throws SQLException {
    VerificationConfig slow =
        VerificationConfig.of(true, true).scanning(Duration.ofSeconds(1), 200);
    try (CrossingWorld world = CrossingWorld.with(TABLE)) {
      world.onSource("INSERT INTO still SELECT i, i FROM generate_series(1, 20000) i");
      try (Crossing crossing = begin(world, slow)) {
        crossing.await("a first part", () -> !progress(world).equals(""));
        crossing.await(
            "nothing known",
            () -> {
              VerdictFigures now = crossing.status().verdict();
              return now != null && Objects.equals(now.reason(), "NEVER_SCANNED");
            });
        seen(world, slow).awaitUnderWay("RUNNING");
      }
      int done = Integer.parseInt(progress(world));
      assertThat(done).isBetween(200, 19_999);
      seen(world, slow).awaitUnderWay("STOPPED");
      seen(world, slow).assertBegun(done, 20_000);
      try (Crossing crossing = begin(world, QUICK)) {
        awaitVerdict(crossing, "EQUAL");
      }
      seen(world, slow).assertCounted(20_000);

      assertThat(
              world.targetText(
                  "SELECT source_rows, chunks > 1 FROM veer.scan WHERE table_name = 'still'"
                      + " ORDER BY id LIMIT 1"))
          .as("the parts of both")
          .isEqualTo("20000|t");
    }
  }

  private TablesSeen seen(CrossingWorld world, VerificationConfig how) {
    Supplier<OpenLog> noLog =
        () -> {
          throw new AssertionError("no record of a table is in the log");
        };
    StatusSource noStatus =
        () -> {
          throw new AssertionError("no record of a table is in the status");
        };
    Clock clock = Clock.systemUTC();
    DatabaseView view =
        new DatabaseView(
            config(world, how), data, "1", noStatus, noLog, (leg, report) -> {}, clock);
    return new TablesSeen(view.tables(), world.wave.wave());
  }

  /** Writes a row of the source, and asks how fast its table is written. */
  private static boolean isWritten(CrossingWorld world, TablesSeen seen) {
    try {
      world.onSource("UPDATE still SET v = v WHERE id = 1");
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
    Double rate = seen.looked().changesPerSecond();
    return rate != null && rate > 0;
  }

  private static WaveVerdict atTheEnd(CrossingWorld world, Duration bound) throws SQLException {
    try (Connection target = world.target()) {
      return Verdicts.atTheEnd(target, world.wave, true, bound).orElseThrow();
    }
  }

  /** From nothing to EQUAL, then DIFFERENT, then EQUAL again, whatever was unknown in between. */
  private static void assertHistory(List<VerdictRecord> history) {
    assertThat(history.get(0).reason()).isEqualTo("NEVER_SCANNED");
    assertThat(history.get(0).changedBy()).isEqualTo("load");
    List<String> known = new ArrayList<>();
    for (VerdictRecord one : history) {
      if (one.reason() == null
          && (known.isEmpty() || !known.get(known.size() - 1).equals(one.verdict()))) {
        known.add(one.verdict());
      }
    }
    assertThat(known).as("%s", history).containsExactly("EQUAL", "DIFFERENT", "EQUAL");
    for (int i = 1; i < history.size(); i++) {
      VerdictRecord now = history.get(i);
      String before = history.get(i - 1).verdict();
      String wanted =
          now.verdict().equals("DIFFERENT")
              ? "(scan|finding) \\d+"
              : before.equals("DIFFERENT") ? "scan \\d+" : "scan \\d+|ledger|load";
      assertThat(now.changedBy()).as("%s", now).matches(wanted);
    }
  }

  private Crossing begin(CrossingWorld world, VerificationConfig how) throws SQLException {
    Migration plain = world.migration();
    return world.begin(
        Role.RUN,
        new Migration(plain.source(), plain.target(), plain.waves(), plain.tuning(), how, data),
        OpenLog.at(CrossingWorld.sandbox().kafka(), CrossingWorld.sandbox().registry()));
  }

  private static void awaitVerdict(Crossing crossing, String word) {
    crossing.await(
        "the verdict " + word,
        () -> {
          VerdictFigures now = crossing.status().verdict();
          return now != null && now.verdict().equals(word);
        });
  }

  /** How many are over. */
  private static int scans(CrossingWorld world) {
    try {
      return Integer.parseInt(world.targetText("SELECT coalesce(max(id), 0) FROM veer.scan"));
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private static List<DifferenceRecord> open(CrossingWorld world) {
    try (Connection target = world.target()) {
      return Differences.open(target, world.wave, STILL, 10);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private static List<VerdictRecord> history(
      CrossingWorld world, @org.jspecify.annotations.Nullable String table) throws SQLException {
    try (Connection target = world.target()) {
      return Verdicts.history(target, world.wave, table, 1_000);
    }
  }

  /** The last key that is done; empty if there is none. */
  private static String progress(CrossingWorld world) {
    try {
      return world.targetText("SELECT to_regclass('veer.scan_progress') IS NOT NULL").equals("t")
          ? world.targetText("SELECT bound[1] FROM veer.scan_progress")
          : "";
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  /** As {@code veer status} reads it. */
  private VerdictFigures status(CrossingWorld world, VerificationConfig how) {
    return Objects.requireNonNull(
        StatusReader.once(config(world, how), Clock.systemUTC()).waves().get(0).verdict());
  }

  private VeerConfig config(CrossingWorld world, VerificationConfig how) {
    return new VeerConfig(
        world.wave.migration(),
        database(world.servers().source(), world.database()),
        database(world.servers().target(), world.database()),
        null,
        null,
        List.of(
            new WaveConfig(
                world.wave.wave(), new TablesConfig(List.of(new TablePattern("*")), List.of()))),
        new TuningConfig(
            2, 20_000, new Size(16 << 20), Duration.ofMillis(500), Duration.ofSeconds(1)),
        how,
        CutoverConfig.standard(),
        DashboardConfig.standard(),
        ObserveConfig.none(),
        AlertsConfig.standard(),
        data);
  }

  private static DatabaseConfig database(SandboxPostgres server, String name) {
    return new DatabaseConfig(
        server.jdbcUrl(name),
        server.user(),
        new Secret(server.password()),
        TlsMode.PREFER,
        null,
        null,
        null,
        null,
        Map.of());
  }
}
