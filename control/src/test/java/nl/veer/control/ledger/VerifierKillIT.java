package nl.veer.control.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import nl.veer.connectors.event.Position;
import nl.veer.connectors.event.TableId;
import nl.veer.control.crossing.CrossingWorld;
import nl.veer.control.crossing.RoleHome;
import nl.veer.control.crossing.RoleProcess;
import nl.veer.control.crossing.Shore;
import nl.veer.verifier.ledger.Imbalance;
import nl.veer.verifier.ledger.LedgerCheckpoint;
import nl.veer.verifier.ledger.LedgerTable;
import nl.veer.verifier.ledger.LoadBoundary;
import nl.veer.verifier.record.FindingRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A verifier that is killed at random moments finds the same, each once, and counts the same, as
 * one that never was. {@code -Dveer.seed} repeats the moments; with {@code -Dsoak} there are ten
 * times as many.
 */
class VerifierKillIT {
  private static final int KILLS = System.getProperty("soak") == null ? 3 : 40;

  /** In transactions of the hot rows. */
  private static final int LONGEST_CALM = 250;

  private static final String[] BENT = {
    """
    CREATE FUNCTION bend() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN
      NEW.v := NEW.v || ' ';
      RETURN NEW;
    END$$
    """,
    "CREATE TRIGGER bend BEFORE INSERT ON cold FOR EACH ROW EXECUTE FUNCTION bend()",
    "ALTER TABLE cold ENABLE ALWAYS TRIGGER bend"
  };

  @TempDir private Path directory;

  @Test
  void whatItFindsAndCountsIsTheSameHoweverOftenItIsKilled() throws Exception {
    long seed = Long.getLong("veer.seed", System.nanoTime());
    System.out.println("Killed verifier: -Dveer.seed=" + seed);
    Random dice = new Random(seed);
    try (CrossingWorld world = CrossingWorld.with(HotRows.TABLES);
        HotRows hot = HotRows.start(world, seed);
        RoleHome home = RoleHome.of(world, directory, Verified.CONFIGURED)) {
      Verified roles = new Verified(world, home);
      Shore shore = new Shore(world);
      shore.awaitLoaded(roles.all());
      shore.awaitBatch(roles.all());
      world.onTarget(BENT);
      for (int kill = 0; kill < KILLS; kill++) {
        wrong(world, kill);
        long until = hot.committed() + dice.nextInt(LONGEST_CALM);
        shore.await("the hot rows to go on", () -> hot.committed() >= until, roles.all());
        roles.killVerifier();
        wrong(world, KILLS + kill);
      }
      hot.stop();
      roles.awaitBalanced();
      for (RoleProcess role : roles.all()) {
        role.end();
      }

      LedgerCheckpoint killed = roles.checkpoint().orElseThrow();
      MemoryLedger never =
          MemoryLedger.of(
              world,
              tables(),
              boundaries(world),
              killed.echoTransaction(),
              directory.resolve("spill"));

      assertThat(killed.counts()).isEqualTo(never.counts(killed.echoTransaction()));
      assertThat(roles.findings().stream().map(VerifierKillIT::named))
          .hasSize(4 * 2 * KILLS)
          .doesNotHaveDuplicates()
          .containsExactlyInAnyOrderElementsOf(
              never.findings().stream().map(VerifierKillIT::named).toList());
      System.out.printf("MEASURED killed verifier: %d kills, %s%n", KILLS, killed.counts());
    }
  }

  /** Four rows of a table that the hot rows' clients leave alone. */
  private static void wrong(CrossingWorld world, int number) throws SQLException {
    world.onTarget(
        "UPDATE cold SET v = 'foreign' WHERE id = " + (number + 1),
        "DELETE FROM cold WHERE id = " + (500 - number),
        "INSERT INTO cold VALUES (" + (2000 + number) + ", 'foreign')");
    world.onSource("INSERT INTO cold VALUES (" + (1000 + number) + ", 'bent')");
  }

  private static String named(FindingRecord found) {
    return "%s %s %s %s %s %s"
        .formatted(
            found.code(),
            found.table(),
            found.keyText(),
            found.columns(),
            found.inEcho(),
            found.echoPosition());
  }

  private static String named(Imbalance found) {
    Position at = found.echo().position();
    return "%s %s %s %s %s %s"
        .formatted(
            found.kind().code(),
            found.table(),
            found.keyText(),
            found.columns(),
            found.inEcho(),
            at == null ? null : at.text());
  }

  private static List<LedgerTable> tables() {
    return List.of(table("cold", false), table("hot", false), table("loose", true));
  }

  private static LedgerTable table(String name, boolean whole) {
    return new LedgerTable(
        new TableId("public", name),
        whole ? List.of() : List.of("id"),
        whole,
        whole,
        Set.of(),
        false);
  }

  private static Map<TableId, LoadBoundary> boundaries(CrossingWorld world) throws SQLException {
    Map<TableId, LoadBoundary> boundaries = new HashMap<>();
    world
        .targetText(
            "SELECT table_name, boundary, boundary_position FROM veer.load WHERE migration = 'it'"
                + " AND wave = '%s'".formatted(world.wave.wave()))
        .lines()
        .map(line -> line.split("\\|", 3))
        .forEach(
            load ->
                boundaries.put(
                    new TableId("public", load[0]),
                    new LoadBoundary(load[1], Position.parse(load[2]))));
    return boundaries;
  }
}
