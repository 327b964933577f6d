package nl.veer.control.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import nl.veer.control.crossing.AtOnce;
import nl.veer.control.crossing.CrossingWorld;
import nl.veer.control.crossing.LiveShop;
import nl.veer.control.status.LedgerFigures;
import nl.veer.control.wave.TableReload;
import nl.veer.verifier.record.FindingRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ledger over a real crossing: no false alarm under load, and what is done to the target. */
class LedgerIT {
  private static final String[] TABLES = {
    "CREATE TABLE orders (id int PRIMARY KEY, note text, price numeric, at timestamptz,"
        + " weight float8)",
    "CREATE TABLE quiet (id int PRIMARY KEY, note text)",
    "CREATE TABLE trail (note text)",
    "CREATE TABLE silent (id int PRIMARY KEY)"
  };

  private static final String[] ROWS = {
    "ALTER TABLE trail REPLICA IDENTITY FULL",
    "INSERT INTO orders SELECT i, 'o' || i, i, now(), i FROM generate_series(1, 100) i",
    "INSERT INTO quiet SELECT i, 'q' FROM generate_series(1, 100) i",
    "INSERT INTO trail VALUES ('a'), ('a'), ('b')",
    "INSERT INTO silent VALUES (1), (2)"
  };

  @TempDir private Path data;

  @Test
  @AtOnce
  void aBusyShopBalancesWithoutAFindingAlsoOverRestarts() throws Exception {
    try (CrossingWorld world = CrossingWorld.with();
        LiveShop shop = LiveShop.open(world, 2_000, 60)) {
      BalancedCrossing crossing = BalancedCrossing.begin(world, data);
      shop.awaitMore(600);
      crossing.restart();
      shop.awaitMore(600);
      shop.stop();
      crossing.crossing().awaitEqual();

      crossing.awaitBalanced();

      LedgerFigures figures = crossing.figures();
      System.out.println("MEASURED ledger of a busy shop: " + figures);
      assertThat(crossing.findings()).isEmpty();
      assertThat(figures.findings()).isZero();
      assertThat(figures.transactions()).isGreaterThan(1_200);
      assertThat(figures.rows()).isGreaterThan(1_200);
    }
  }

  @Test
  @AtOnce
  void whatSomebodyElseWritesIsFoundOnce() throws Exception {
    try (CrossingWorld world = world()) {
      BalancedCrossing crossing = BalancedCrossing.begin(world, data);
      world.onSource("UPDATE orders SET note = 'before' WHERE id = 1");
      crossing.awaitBalanced();

      world.onTarget(
          "UPDATE orders SET note = 'x' WHERE id = 7",
          "UPDATE quiet SET note = 'q ' WHERE id = 7",
          "DELETE FROM quiet WHERE id = 9",
          "INSERT INTO quiet VALUES (1000, '')",
          "INSERT INTO trail VALUES ('a')",
          "TRUNCATE silent");
      world.onSource("UPDATE orders SET note = 'behind' WHERE id = 2");
      crossing.awaitBalanced();

      assertThat(crossing.findings())
          .extracting(FindingRecord::code, FindingRecord::table, FindingRecord::inEcho)
          .containsExactly(
              tuple("FOREIGN_WRITER", "public.orders", "PRESENT"),
              tuple("FOREIGN_WRITER", "public.quiet", "PRESENT"),
              tuple("FOREIGN_WRITER", "public.quiet", "DELETED"),
              tuple("FOREIGN_WRITER", "public.quiet", "PRESENT"),
              tuple("FOREIGN_WRITER", "public.trail", "PRESENT"),
              tuple("FOREIGN_WRITER", "public.silent", "TRUNCATED"));
      assertThat(crossing.figures().findings()).isEqualTo(6);
      crossing.restart();
      world.onSource("UPDATE orders SET note = 'later' WHERE id = 3");
      crossing.awaitBalanced();
      assertThat(crossing.findings()).as("nothing found twice").hasSize(6);
    }
  }

  /** A trigger that fires also under session_replication_role = replica bends what is applied. */
  @Test
  @AtOnce
  void whatATriggerOnTheTargetBendsIsFound() throws Exception {
    try (CrossingWorld world = world()) {
      BalancedCrossing crossing = BalancedCrossing.begin(world, data);
      world.onTarget(
          """
          CREATE FUNCTION bend() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN
            CASE NEW.id
              WHEN 501 THEN NEW.note := NULL;
              WHEN 502 THEN NEW.note := NEW.note || ' ';
              WHEN 503 THEN NEW.price := NEW.price + 0.00;
              WHEN 504 THEN NEW.at := NEW.at + interval '1 h';
              WHEN 505 THEN NEW.weight := '-0'::float8;
              WHEN 506 THEN INSERT INTO quiet VALUES (2000, 't');
              ELSE NULL;
            END CASE;
            RETURN NEW;
          END$$
          """,
          "CREATE TRIGGER bend BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION bend()",
          "ALTER TABLE orders ENABLE ALWAYS TRIGGER bend");

      for (int id = 500; id <= 506; id++) {
        world.onSource("INSERT INTO orders VALUES (" + id + ", 'n', 1.0, now(), 0.0)");
        crossing.crossing().awaitApplied();
      }
      crossing.awaitBalanced();

      assertThat(crossing.findings())
          .extracting(FindingRecord::code, FindingRecord::table, FindingRecord::columns)
          .containsExactly(
              tuple("LEDGER_VALUE", "public.orders", List.of("note")),
              tuple("LEDGER_VALUE", "public.orders", List.of("note")),
              tuple("LEDGER_VALUE", "public.orders", List.of("price")),
              tuple("LEDGER_VALUE", "public.orders", List.of("at")),
              tuple("LEDGER_VALUE", "public.orders", List.of("weight")),
              tuple("LEDGER_EXTRA", "public.quiet", List.of()));
    }
  }

  /** The load empties the table and fills it, in transactions of its own. */
  @Test
  @AtOnce
  void aTableThatIsLoadedAnewIsNobodyElsesDoing() throws Exception {
    try (CrossingWorld world = world()) {
      BalancedCrossing crossing = BalancedCrossing.begin(world, data);
      world.onSource("UPDATE orders SET note = 'before' WHERE id = 1");
      crossing.awaitBalanced();
      crossing.end();
      TableReload reload = new TableReload(world.migration().source(), world.migration().target());
      reload.find(List.of(world.wave), List.of("public.orders")).forEach(reload::ask);

      crossing.restart();
      world.onSource("UPDATE orders SET note = 'behind' WHERE id = 2", "DELETE FROM quiet");
      crossing.crossing().awaitEqual();
      crossing.awaitBalanced();

      assertThat(crossing.findings()).isEmpty();
    }
  }

  private static CrossingWorld world() throws SQLException {
    CrossingWorld world = CrossingWorld.with(TABLES);
    world.onSource(ROWS);
    return world;
  }
}
