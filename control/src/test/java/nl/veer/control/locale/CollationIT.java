package nl.veer.control.locale;

import static org.assertj.core.api.Assertions.assertThat;

import nl.veer.control.crossing.Crossing;
import nl.veer.control.crossing.CrossingWorld;
import org.junit.jupiter.api.Test;

/** Keys and whole rows of texts that a collation takes for equal, or sorts elsewhere. */
class CollationIT {
  private static final String[] DDL = {
    "CREATE COLLATION folding (provider = icu, locale = 'und-u-ks-level2', deterministic = false)",
    "CREATE TABLE keyed (name text COLLATE folding PRIMARY KEY, v text COLLATE folding, n int)",
    "CREATE TABLE keyless (name text COLLATE folding, n int)",
    "ALTER TABLE keyless REPLICA IDENTITY FULL",
    "CREATE TABLE sorted (name text COLLATE \"und-x-icu\" PRIMARY KEY, n int)",
    "CREATE TABLE posix (name text COLLATE \"POSIX\" PRIMARY KEY, n int)"
  };

  @Test
  void textsThatACollationTakesForEqualAreToldApart() throws Exception {
    try (CrossingWorld world = CrossingWorld.with(DDL)) {
      world.onSource(
          "INSERT INTO keyed SELECT 'name' || n, 'a', 0 FROM generate_series(1, 60) n",
          "INSERT INTO keyless SELECT CASE n % 3 WHEN 0 THEN 'Ab' WHEN 1 THEN 'aB' ELSE 'ab' END, 1"
              + " FROM generate_series(1, 30) n",
          "INSERT INTO sorted SELECT chr(32 + n) || 'é', 0 FROM generate_series(1, 90) n",
          "INSERT INTO posix SELECT chr(32 + n) || 'é', 0 FROM generate_series(1, 90) n");
      Crossing crossing = world.cross();

      world.onSource(
          "UPDATE keyed SET name = upper(name) WHERE n = 0",
          "UPDATE keyed SET v = 'A' WHERE name < 'name3'",
          "DELETE FROM keyed WHERE name = 'nAmE7'",
          "DELETE FROM keyless WHERE ctid IN (SELECT ctid FROM keyless"
              + " WHERE name COLLATE \"C\" = 'aB' LIMIT 4)",
          "UPDATE keyless SET name = 'AB' WHERE ctid IN (SELECT ctid FROM keyless"
              + " WHERE name COLLATE \"C\" = 'ab' LIMIT 3)",
          "UPDATE sorted SET name = name || '!', n = 1 WHERE name > 'M'",
          "DELETE FROM posix WHERE name < 'M'");
      world.inOneTransaction(
          "UPDATE keyed SET name = 'other' WHERE name = 'name9'",
          "INSERT INTO keyed VALUES ('Name9', 'b', 2)",
          "DELETE FROM keyed WHERE name = 'OTHER'",
          "UPDATE keyed SET name = lower(name) WHERE name = 'NAME9'");

      crossing.awaitEqual();
      assertThat(world.targetText("SELECT name FROM keyed WHERE name = 'NAME9'"))
          .isEqualTo("name9");
    }
  }
}
