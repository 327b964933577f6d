package nl.veer.control.wave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import nl.veer.connectors.dialect.DatabaseEndpoint;
import nl.veer.connectors.dialect.Secret;
import nl.veer.connectors.dialect.TargetConnections;
import nl.veer.connectors.dialect.postgres.PostgresSlots;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.failure.Failure;
import nl.veer.control.crossing.CrossingWorld;
import org.junit.jupiter.api.Test;

/** What would leave a request standing in its wave's way is said before it is made. */
class ReloadGroundIT {
  private static final List<TableId> TABLES = List.of(new TableId("public", "t"));

  @Test
  void refusesWhatCouldNotBeLoaded() throws SQLException {
    try (CrossingWorld world = CrossingWorld.with("CREATE TABLE t (id int PRIMARY KEY)")) {
      world.onTarget("CREATE ROLE loader LOGIN PASSWORD 'loader'");
      try {
        TableReload reload =
            new TableReload(
                world.migration().source(),
                new TargetConnections(
                    new DatabaseEndpoint(
                        world.targetEndpoint().url(), "loader", new Secret("loader"), Map.of())));
        refused(world, reload, "NO_SLOT", world.wave.slot());
        try (Connection source = world.source()) {
          PostgresSlots.create(source, world.wave.slot());
        }
        world.onTarget("GRANT SELECT, INSERT, UPDATE, DELETE ON t TO loader");
        refused(world, reload, "ACCESS", "TRUNCATE of public.t");
        world.onTarget("GRANT TRUNCATE ON t TO loader");
        reload.requireGround(world.wave, TABLES);
        world.onTarget("ALTER TABLE t DROP COLUMN id");
        refused(world, reload, "SCHEMA_DIFFERENT", "id");
      } finally {
        world.onTarget("DROP OWNED BY loader", "DROP ROLE loader");
      }
    }
  }

  private static void refused(CrossingWorld world, TableReload reload, String code, String words) {
    assertThatThrownBy(() -> reload.requireGround(world.wave, TABLES))
        .hasMessageContaining(words)
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.code()).isEqualTo(code));
  }
}
