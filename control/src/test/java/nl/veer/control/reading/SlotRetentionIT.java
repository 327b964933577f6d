package nl.veer.control.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import nl.veer.connectors.dialect.postgres.PostgresSlotRetention;
import nl.veer.control.crossing.CrossingWorld;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a real server says of a slot that nobody reads: without a bound, within it, beyond it. */
class SlotRetentionIT {
  private static final String TABLE = "CREATE TABLE t (id int PRIMARY KEY, v text)";

  @Test
  void aSlotIsBoundedWhereTheServerSaysSoAndThenLost() throws SQLException {
    try (CrossingWorld world = CrossingWorld.with(TABLE)) {
      String slot = world.wave.slot();
      world.onSource("SELECT pg_create_logical_replication_slot('" + slot + "', 'pgoutput')");
      try {
        PostgresSlotRetention unbounded = find(world);
        assertThat(unbounded.active() || unbounded.lost()).isFalse();
        assertThat(unbounded.safeBytes()).isNull();

        bound(world, "1GB");
        CrossingWorld.await("a bound", () -> isBounded(world));
        PostgresSlotRetention before = find(world);
        assertThat(before.safeBytes()).isBetween(1L << 29, 1L << 31);
        world.onSource("INSERT INTO t SELECT i, repeat('v', 100) FROM generate_series(1, 9000) i");
        PostgresSlotRetention after = find(world);
        assertThat(known(after.retainedBytes()) - known(before.retainedBytes()))
            .isGreaterThan(900_000);
        assertThat(known(after.safeBytes())).isLessThan(known(before.safeBytes()));

        bound(world, "1MB");
        for (int segment = 0; segment < 4; segment++) {
          world.onSource("CREATE TABLE f (x int)", "DROP TABLE f", "SELECT pg_switch_wal()");
        }
        world.onSource("CHECKPOINT");
        assertThat(find(world).lost()).isTrue();
      } finally {
        world.onSource("ALTER SYSTEM RESET max_slot_wal_keep_size", "SELECT pg_reload_conf()");
        world.onSource("SELECT pg_drop_replication_slot('" + slot + "')");
      }
    }
  }

  private static long known(@Nullable Long bytes) {
    return Objects.requireNonNull(bytes);
  }

  private static void bound(CrossingWorld world, String size) throws SQLException {
    world.onSource(
        "ALTER SYSTEM SET max_slot_wal_keep_size = '" + size + "'", "SELECT pg_reload_conf()");
  }

  private static boolean isBounded(CrossingWorld world) {
    try {
      return find(world).safeBytes() != null;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static PostgresSlotRetention find(CrossingWorld world) throws SQLException {
    try (Connection source = world.source()) {
      return PostgresSlotRetention.find(source, world.wave.slot()).orElseThrow();
    }
  }
}
