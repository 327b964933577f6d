package nl.veer.control.mending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import nl.veer.connectors.event.LsnPosition;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.control.crossing.Crossing;
import nl.veer.control.crossing.CrossingWorld;
import nl.veer.control.crossing.LiveShop;
import nl.veer.control.status.LedgerFigures;
import nl.veer.control.wave.Role;
import nl.veer.verifier.record.DifferenceRecord;
import nl.veer.verifier.record.DifferenceRecord.State;
import nl.veer.verifier.record.FindingRecord;
import nl.veer.verifier.repair.Mended;
import nl.veer.verifier.verdict.Difference.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What damages a target under a writing shop is named with who did it, and mended exactly. */
class RepairIT {
  private static final TableId ITEMS = new TableId("public", "items");
  private static final TableId TRAIL = new TableId("public", "trail");
  private static final TableId TENDED = new TableId("public", "tended");

  private static final String[] TABLES = {
    "CREATE TABLE items (id int PRIMARY KEY, code char(4) UNIQUE, note text, price numeric(10,2),"
        + " body text, total numeric GENERATED ALWAYS AS (price * 2) STORED)",
    "ALTER TABLE items ALTER body SET STORAGE EXTERNAL",
    "CREATE TABLE trail (note text)",
    "CREATE TABLE tended (id int PRIMARY KEY, note text)"
  };

  private static final String[] ROWS = {
    "ALTER TABLE trail REPLICA IDENTITY FULL",
    "INSERT INTO items SELECT i, i::text, 'note ' || i, i, repeat(chr(64 + i), 9000)"
        + " FROM generate_series(1, 20) i",
    "INSERT INTO trail VALUES ('a'), ('a'), ('b')",
    "INSERT INTO tended VALUES (1, 'one'), (2, 'two')"
  };

  private static final String[] DAMAGE = {
    "UPDATE items SET note = 'bent', price = price + 1 WHERE id = 1",
    "DELETE FROM items WHERE id = 2",
    "INSERT INTO items VALUES (1000, 'new', 'extra', 1, 'b')",
    "UPDATE items SET body = repeat('z', 9001) WHERE id = 4",
    "UPDATE items SET code = 'x' WHERE id = 5",
    "UPDATE items SET code = '5' WHERE id = 6",
    "UPDATE items SET code = '6' WHERE id = 5",
    "INSERT INTO trail VALUES ('a')"
  };

  private static final String[] TRIGGER = {
    "CREATE FUNCTION bend() RETURNS trigger LANGUAGE plpgsql AS"
        + " $$BEGIN NEW.note := NEW.note || '!'; RETURN NEW; END$$",
    "CREATE TRIGGER bending BEFORE INSERT OR UPDATE ON tended FOR EACH ROW"
        + " EXECUTE FUNCTION bend()",
    "ALTER TABLE tended ENABLE ALWAYS TRIGGER bending"
  };

  @TempDir private Path directory;

  @Test
  void damageUnderAWritingShopIsNamedAndMendedExactly() throws Exception {
    try (CrossingWorld world = CrossingWorld.with(TABLES)) {
      world.onSource(ROWS);
      try (LiveShop shop = LiveShop.openCalm(world, 500, 40)) {
        Mend mend = Mend.begin(world, directory);
        world.onSource(
            "UPDATE items SET price = price + 1 WHERE id <= 6", "UPDATE tended SET note = 'uno'");
        mend.crossing().awaitApplied();
        world.onTarget(TRIGGER);
        world.onSource("UPDATE tended SET note = 'due' WHERE id = 2");
        mend.crossing().awaitApplied();
        world.onTarget(DAMAGE);
        shop.awaitMore(20);

        mend.scan(ITEMS, TRAIL, TENDED);

        Told told = Told.of(world, mend);
        told.whatDiffersByCause();
        assertThat(mend.veer("diff")).as(mend.err()).isEqualTo(1);
        namesWhoDidIt(mend);
        told.whoDidItByCause();
        told.whatBecameOfARow();
        told.whatBothSidesHold();
        showsValuesOnlyIfAsked(world, mend);
        refusesATableOfNoWave(mend);
        aDryRunChangesNothing(world, mend);
        mends(world, mend);
        told.whatWasRepaired();
        mend.scan(ITEMS);
        told.whatWasVerifiedAgain();
        leavesARowThatHasChangedSinceThePlan(world, mend);
        goesOnAfterAKillBeforeItWasClosed(world, mend);
        shop.stop();
        mend.crossing().awaitEqual();
        refusesWhereTheEchoWouldNotHear(world, mend);
      }
    }
  }

  private static void namesWhoDidIt(Mend mend) throws SQLException {
    assertThat(mend.differences())
        .extracting(
            DifferenceRecord::table,
            one -> key(one),
            DifferenceRecord::kind,
            DifferenceRecord::culprit)
        .containsExactlyInAnyOrder(
            tuple(ITEMS, "1", Kind.VALUES, "FOREIGN_WRITER"),
            tuple(ITEMS, "2", Kind.MISSING, "FOREIGN_WRITER"),
            tuple(ITEMS, "1000", Kind.EXTRA, "FOREIGN_WRITER"),
            tuple(ITEMS, "4", Kind.VALUES, "FOREIGN_WRITER"),
            tuple(ITEMS, "5", Kind.VALUES, "FOREIGN_WRITER"),
            tuple(ITEMS, "6", Kind.VALUES, "FOREIGN_WRITER"),
            tuple(TRAIL, "", Kind.EXTRA, "FOREIGN_WRITER"),
            tuple(TENDED, "2", Kind.VALUES, "TARGET"));
    assertThat(mend.out())
        .contains("FOREIGN_WRITER: ", "TARGET: ", "trigger bending")
        .doesNotContain("bent", "due!");
    assertThat(mend.onRecord().findings())
        .extracting(FindingRecord::table, FindingRecord::culprit)
        .contains(
            tuple("public.items", "FOREIGN_WRITER"),
            tuple("public.trail", "FOREIGN_WRITER"),
            tuple("public.tended", "TARGET"));
  }

  private static String key(DifferenceRecord one) {
    return one.table().equals(TRAIL) ? "" : String.join(",", one.key().texts());
  }

  private static void showsValuesOnlyIfAsked(CrossingWorld world, Mend mend) throws SQLException {
    assertThat(mend.veer("diff", "--table", "public.items", "--show-values")).isEqualTo(1);
    assertThat(mend.out()).contains("note: source note 1, target bent");
    assertThat(world.targetText("SELECT what, result FROM veer.audit WHERE what LIKE 'veer diff%'"))
        .isEqualTo("veer diff --show-values of public.items|asked for");
  }

  private static void refusesATableOfNoWave(Mend mend) {
    assertThat(mend.veer("diff", "--table", "public.item")).isEqualTo(2);
    assertThat(mend.err()).contains("public.item is in none of the waves");
    assertThat(mend.veer("repair", "--table", "public.item")).isEqualTo(2);
  }

  private void aDryRunChangesNothing(CrossingWorld world, Mend mend) throws Exception {
    String before = world.targetText("SELECT * FROM items ORDER BY id");
    assertThat(mend.veer("repair", "--table", "public.items")).as(mend.err()).isEqualTo(1);
    assertThat(mend.out())
        .contains("DELETE FROM \"public\".\"items\" WHERE \"id\" = …;", "6 rows to repair")
        .doesNotContain("note 1");
    Path plan = directory.resolve("plan.sql");
    assertThat(mend.veer("repair", "--show-values", "--out", plan.toString()))
        .as(mend.err())
        .isEqualTo(1);
    assertThat(Files.readString(plan))
        .contains("SET \"note\" = 'note 1', \"price\" = '2.00' WHERE \"id\" = '1';")
        .contains("DELETE FROM \"public\".\"items\" WHERE \"id\" = '1000';");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(plan)))
        .isEqualTo("rw-------");
    assertThat(world.targetText("SELECT * FROM items ORDER BY id")).isEqualTo(before);
    assertThat(world.targetText("SELECT count(*) FROM veer.repair")).isEqualTo("0");
  }

  private static void mends(CrossingWorld world, Mend mend) throws Exception {
    int known = mend.onRecord().findings().size();
    assertThat(mend.veer("repair", "--apply", "--table", "public.items"))
        .as("%s %s", mend.out(), mend.err())
        .isEqualTo(0);
    assertThat(mend.out()).contains("6 repaired, 0 equal already, 0 left");
    assertThat(mend.veer("repair", "--apply", "--table", "public.tended")).isEqualTo(1);
    assertThat(mend.out()).contains("does something on the target change it?");
    world.onTarget("DROP TRIGGER bending ON tended");
    assertThat(mend.veer("repair", "--apply", "--table", "public.tended"))
        .as("%s %s", mend.out(), mend.err())
        .isEqualTo(0);
    assertThat(mend.veer("repair", "--apply")).as("%s %s", mend.out(), mend.err()).isEqualTo(0);
    assertThat(mend.out()).contains("1 repaired, 0 equal already, 0 left");
    assertThat(mend.veer("repair", "--apply")).as("again").isEqualTo(0);
    assertThat(mend.out()).contains("nothing to repair");
    assertThat(mend.differences())
        .allSatisfy(
            one -> {
              assertThat(one.state()).isEqualTo(State.REPAIRED);
              assertThat(one.closedBy()).startsWith("repair ");
            });
    balance(world, mend);
    assertThat(mend.onRecord().findings()).as("a repair is no finding").hasSize(known);
    assertThat(mend.onRecord().findings())
        .filteredOn(one -> one.table().equals("public.items"))
        .allSatisfy(one -> assertThat(one.closedBy()).startsWith("repair "));
  }

  private static void leavesARowThatHasChangedSinceThePlan(CrossingWorld world, Mend mend)
      throws SQLException {
    world.onTarget("UPDATE items SET note = 'one' WHERE id = 7", "DELETE FROM items WHERE id = 8");
    mend.scan(ITEMS);
    List<DifferenceRecord> open =
        mend.differences().stream().filter(one -> one.state() == State.OPEN).toList();
    try (WaveRepair repair =
        new WaveRepair(world.wave, world.migration(), Mend.log(), new StopSignal())) {
      WaveRepair.Plan plan = repair.plan(open, (table, row, pair) -> {});
      world.onTarget("UPDATE items SET note = 'another' WHERE id = 7");
      repair.prepare();
      assertThat(plan.slices()).hasSize(1);
      assertThat(repair.apply(plan.slices().get(0)))
          .extracting(one -> one.row().suspect().key().texts().get(0), Mended::state)
          .containsExactlyInAnyOrder(
              tuple("7", Mended.State.LEFT), tuple("8", Mended.State.REPAIRED));
    }
    assertThat(world.targetText("SELECT note FROM items WHERE id = 7")).isEqualTo("another");
    assertThat(mend.veer("repair", "--apply")).isEqualTo(0);
  }

  /** As if the repair had been killed between its transaction and the closing. */
  private static void goesOnAfterAKillBeforeItWasClosed(CrossingWorld world, Mend mend)
      throws SQLException {
    String repairs = world.targetText("SELECT count(*) FROM veer.repair");
    world.onTarget(
        "UPDATE veer.difference SET state = 'OPEN', closed_by = NULL, closed_at = NULL"
            + " WHERE key_text = '[\"8\"]'");
    assertThat(mend.veer("repair", "--apply")).as(mend.err()).isEqualTo(0);
    assertThat(mend.out()).contains("Repaired before, and verified now.");
    assertThat(world.targetText("SELECT count(*) FROM veer.repair")).isEqualTo(repairs);
  }

  private static void refusesWhereTheEchoWouldNotHear(CrossingWorld world, Mend mend)
      throws SQLException {
    world.onTarget("UPDATE items SET note = 'late' WHERE id = 9");
    mend.scan(ITEMS);
    world.onTarget(
        "ALTER PUBLICATION %s DROP TABLE veer.repair".formatted(world.wave.echo().publication()));
    assertThat(mend.veer("repair", "--apply")).isEqualTo(2);
    assertThat(mend.err()).contains("ADD TABLE veer.repair");
    assertThat(world.targetText("SELECT note FROM items WHERE id = 9")).isEqualTo("late");
  }

  @Test
  void aRowOfWhichTheTargetHasNotGotTheLastChangeIsLeft() throws Exception {
    try (CrossingWorld world = CrossingWorld.with(TABLES)) {
      world.onSource(ROWS);
      Mend mend = Mend.begin(world, directory);
      mend.crossing().awaitApplied();
      mend.crossing().close();
      try (Crossing capturing = world.begin(Role.CAPTURE)) {
        capturing.awaitCapturing();
        world.onTarget("UPDATE items SET note = 'bent' WHERE id IN (3, 4)");
        mend.scan(ITEMS);
        world.onSource("UPDATE items SET price = 77 WHERE id = 3");

        assertThat(mend.veer("repair", "--apply")).as(mend.err()).isEqualTo(1);

        assertThat(mend.out()).contains("in motion", "1 repaired, 0 equal already, 1 left");
        assertThat(world.targetText("SELECT note, price FROM items WHERE id IN (3, 4) ORDER BY id"))
            .isEqualTo("bent|3.00\nnote 4|4.00");
      }
    }
  }

  /** What the log does not carry is damaged in a row that changes all the time. */
  @Test
  void aHotRowIsMendedExactlyOrLeftAndTheReplicatorOnlyWaits() throws Exception {
    try (CrossingWorld world = CrossingWorld.with(TABLES)) {
      world.onSource(ROWS);
      Mend mend = Mend.begin(world, directory);
      world.onSource("UPDATE items SET price = 0 WHERE id IN (1, 11)");
      mend.crossing().awaitApplied();
      world.onTarget("UPDATE items SET body = repeat('z', 9001) WHERE id IN (1, 2)");
      mend.scan(ITEMS);
      StopSignal over = new StopSignal();
      CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> write(world, over));
      CompletableFuture<Long> torn = CompletableFuture.supplyAsync(() -> torn(world, over));
      try {
        for (int run = 0; run < 3; run++) {
          assertThat(mend.veer("repair", "--apply")).as(mend.err()).isIn(0, 1);
          assertThat(mend.out()).doesNotContain("still differs");
        }
      } finally {
        over.raise();
        writing.get(90, TimeUnit.SECONDS);
      }
      assertThat(torn.get(90, TimeUnit.SECONDS)).as("states that the source never had").isZero();
      mend.crossing().awaitApplied();
      assertThat(mend.crossing().status().failure()).isNull();
      assertThat(mend.veer("repair", "--apply")).as(mend.out()).isEqualTo(0);
      mend.crossing().awaitEqual();
    }
  }

  private static void write(CrossingWorld world, StopSignal over) {
    try (Connection source = world.source()) {
      while (!over.isRaised()) {
        CrossingWorld.execute(
            source,
            "UPDATE items SET price = price + 1 WHERE id IN (1, 11)",
            "INSERT INTO trail VALUES ('c')");
      }
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  /** How often the target shows two rows unlike that change together on the source. */
  private static long torn(CrossingWorld world, StopSignal over) {
    long torn = 0;
    try (Connection target = world.target()) {
      while (!over.isRaised()) {
        String prices =
            CrossingWorld.text(
                target, "SELECT count(DISTINCT price) FROM items WHERE id IN (1, 11)");
        torn += prices.equals("1") ? 0 : 1;
      }
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
    return torn;
  }

  /** Until the ledger has weighed all that was committed before this call. */
  private static void balance(CrossingWorld world, Mend mend) throws SQLException {
    world.onSource("UPDATE items SET note = note || '+' WHERE id = 3");
    LsnPosition behind = world.mark();
    mend.crossing()
        .await(
            "the ledger",
            () -> {
              LedgerFigures ledger = mend.crossing().status().ledger();
              String position = ledger == null ? null : ledger.balancedPosition();
              return position != null && LsnPosition.parse(position).isAfter(behind);
            });
  }
}
