package nl.veer.control.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import nl.veer.connectors.event.TableId;
import nl.veer.control.crossing.CrossingWorld;
import nl.veer.control.crossing.LiveShop;
import nl.veer.control.wave.TableReload;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ledger goes on beside tables that are loaded anew, and takes none of it for somebody's. */
class ReloadLedgerIT {
  private static final List<TableId> TABLES =
      List.of(new TableId("shop", "orders"), new TableId("shop", "stock"));

  @TempDir private Path data;

  @Test
  void hotTablesThatAreLoadedAnewBalanceWithoutAFinding() throws Exception {
    try (CrossingWorld world = CrossingWorld.with();
        LiveShop shop = LiveShop.openCalm(world, 1_000, 150)) {
      BalancedCrossing crossing = BalancedCrossing.begin(world, data);
      shop.awaitMore(300);
      crossing.awaitBalanced();
      TableReload reload = new TableReload(world.migration().source(), world.migration().target());

      for (int time = 0; time < 2; time++) {
        assertThat(reload.ask(world.wave, TABLES)).isEqualTo(TABLES);
        crossing.crossing().await("the load", () -> reload.look(world.wave, TABLES).isComplete());
        shop.awaitMore(150);
      }
      shop.stop();
      crossing.crossing().awaitEqual();
      crossing.awaitBalanced();

      assertThat(crossing.findings()).isEmpty();
      assertThat(loadedAt(world)).isEqualTo("2");
    }
  }

  /** How many tables were loaded after the first one that is loaded anew. */
  private static String loadedAt(CrossingWorld world) throws SQLException {
    return world.targetText(
        "SELECT count(*) FROM veer.load WHERE started_at > (SELECT max(completed_at) FROM veer.load"
            + " WHERE table_name NOT IN ('orders', 'stock'))");
  }
}
