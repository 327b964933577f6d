package nl.veer.verifier.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import nl.veer.verifier.scan.postgres.KeyRange;
import nl.veer.verifier.scan.postgres.RowHash;
import nl.veer.verifier.scan.postgres.ScanSession;
import nl.veer.verifier.scan.postgres.ScanTable;
import nl.veer.verifier.scan.postgres.TableFacts;
import nl.veer.verifier.scan.postgres.TableMatch;
import nl.veer.verifier.scan.postgres.TableMatch.Match;
import nl.veer.verifier.value.Tolerances;
import org.junit.jupiter.api.Test;

/** The chunk that is told for a key is the one in which the comparison finds its row. */
class ChunksOfKeysIT {

  /** Each table's keys are such as sort differently as texts, or under a language's rules. */
  @Test
  void everyKeyIsToldTheChunkWhoseRangeHoldsItsRow() throws SQLException {
    ScanWorld world = ScanWorld.create();
    world.onBoth(
        "CREATE TABLE i (a int PRIMARY KEY)",
        "INSERT INTO i SELECT x FROM generate_series(-20, 120) x",
        "CREATE TABLE c (a smallint, b text COLLATE \"C\", PRIMARY KEY (a, b))",
        "INSERT INTO c SELECT x, y FROM generate_series(-3, 3) x,"
            + " unnest(ARRAY['', ' ', 'a', 'B', 'ab', 'a b', 'ä', 'Z', 'z', '10', '9', 'é', '-a',"
            + " E'a\\'b', '{', '~']) y",
        "CREATE TABLE n (a numeric(12,4) PRIMARY KEY)",
        "INSERT INTO n SELECT x / 7.0 FROM generate_series(-50, 50) x",
        "CREATE TABLE f (a double precision PRIMARY KEY)",
        "INSERT INTO f SELECT x / 3.0 FROM generate_series(-20, 20) x",
        "INSERT INTO f VALUES ('NaN'), ('Infinity'), ('-Infinity'), (1e300), (-1e-300)",
        "CREATE TABLE t (a timestamptz PRIMARY KEY)",
        "INSERT INTO t SELECT '2020-03-29 00:00+00'::timestamptz + x * interval '23 minutes'"
            + " FROM generate_series(0, 60) x",
        "INSERT INTO t VALUES ('infinity'), ('-infinity')",
        "CREATE TABLE y (a bytea, b uuid, PRIMARY KEY (a, b))",
        "INSERT INTO y SELECT decode(lpad(to_hex(x % 5 * 60), 2, '0'), 'hex'),"
            + " md5(x::text)::uuid FROM generate_series(1, 60) x");
    for (String name : List.of("i", "c", "n", "f", "t", "y")) {
      assertToldRightly(world, table(world, name));
    }
  }

  @Test
  void aLengthOrScaleOfTheSourceDoesNotMoveAKeyOfTheTarget() throws SQLException {
    ScanWorld world = ScanWorld.create();
    world.onSource("CREATE TABLE s (a varchar(2) COLLATE \"C\" PRIMARY KEY)");
    world.onTarget("CREATE TABLE s (a varchar(9) COLLATE \"C\" PRIMARY KEY)");
    try (ScanSession source = ScanSession.source(world.endpoints().source(), RowHash.random())) {
      assertThat(source.chunks(table(world, "s"), List.of(List.of("ab")), List.of(List.of("abc"))))
          .as("cut to its first two letters it would be the bound itself")
          .containsExactly(1);
    }
  }

  @Test
  void aTextUnderTheRulesOfALanguageIsNotCutIntoChunks() throws SQLException {
    ScanWorld world = ScanWorld.create();
    world.onBoth("CREATE TABLE l (a text COLLATE \"en-x-icu\" PRIMARY KEY)");

    assertThat(table(world, "l").walked()).isFalse();
  }

  private static void assertToldRightly(ScanWorld world, ScanTable table) {
    assertThat(table.walked()).as("%s", table.id()).isTrue();
    try (ScanSession source = ScanSession.source(world.endpoints().source(), RowHash.random())) {
      List<List<String>> bounds = bounds(source, table, 7);
      List<List<String>> keys = bounds(source, table, 1);
      assertThat(bounds).hasSizeGreaterThan(4);
      for (List<String> key : keys) {
        assertThat(source.chunks(table, bounds, List.of(key)))
            .as("a key of %s", table.id())
            .containsExactly(holding(source, table, bounds, key));
      }
      assertThat(source.chunks(table, bounds, keys))
          .hasSizeBetween(bounds.size(), bounds.size() + 1);
    }
  }

  /** By the condition that a comparison of a range has. */
  private static int holding(
      ScanSession source, ScanTable table, List<List<String>> bounds, List<String> key) {
    for (int chunk = 0; chunk <= bounds.size(); chunk++) {
      KeyRange within =
          new KeyRange(
              chunk == 0 ? null : bounds.get(chunk - 1),
              chunk == bounds.size() ? null : bounds.get(chunk));
      long upTo = source.sum(table, new KeyRange(within.after(), key)).rows();
      boolean before =
          within.to() != null && source.sum(table, new KeyRange(within.to(), key)).rows() > 0;
      if (upTo > 0 && !before) {
        return chunk;
      }
    }
    throw new AssertionError("A key of " + table.id() + " is in no range");
  }

  private static List<List<String>> bounds(ScanSession source, ScanTable table, long rows) {
    List<List<String>> bounds = new ArrayList<>();
    Optional<List<String>> bound = source.bound(table, null, rows);
    while (bound.isPresent()) {
      bounds.add(bound.get());
      bound = source.bound(table, bound.get(), rows);
    }
    return bounds;
  }

  private static ScanTable table(ScanWorld world, String name) {
    try (ScanSession source = ScanSession.source(world.endpoints().source(), RowHash.random());
        ScanSession target = ScanSession.target(world.endpoints().target(), RowHash.random())) {
      Match match =
          TableMatch.of(
              ScanWorld.table(name),
              source.ask("reading", TableFacts::read).get(ScanWorld.table(name)),
              target.ask("reading", TableFacts::read).get(ScanWorld.table(name)),
              Tolerances.NONE);
      return Stream.of(match)
          .filter(Match.Comparable.class::isInstance)
          .map(fit -> ((Match.Comparable) fit).table())
          .findFirst()
          .orElseThrow();
    }
  }
}
