package nl.veer.benchmarks.ground;

import java.sql.SQLException;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A subscription of the target to the source's tables, in PostgreSQL's own logical replication. It
 * copies nothing, and carries what is written after it was made, once it is enabled.
 */
public final class Subscription implements AutoCloseable {
  private final Crossing crossing;

  private Subscription(Crossing crossing) {
    this.crossing = crossing;
  }

  /** Makes publication, slot and subscription. */
  public static Subscription create(Crossing crossing) throws SQLException {
    String name = crossing.database();
    crossing.onSource(
        "CREATE PUBLICATION native FOR TABLE "
            + crossing.tables().stream()
                .map(table -> table.schema() + "." + table.name())
                .collect(Collectors.joining(", ")),
        "SELECT pg_create_logical_replication_slot('%s', 'pgoutput')".formatted(name));
    crossing.onTarget(
        String.format(
            Locale.ROOT,
            "CREATE SUBSCRIPTION \"%s\" CONNECTION 'host=127.0.0.1 port=%d dbname=%s user=%s"
                + " password=%s' PUBLICATION native WITH (connect = true, slot_name = '%s',"
                + " enabled = false, create_slot = false, copy_data = false)",
            name,
            crossing.world().source().port(),
            name,
            crossing.source().user(),
            crossing.source().password().reveal(),
            name));
    return new Subscription(crossing);
  }

  /** From here on it carries. */
  public void enable() throws SQLException {
    crossing.onTarget("ALTER SUBSCRIPTION \"%s\" ENABLE".formatted(crossing.database()));
  }

  @Override
  public void close() throws SQLException {
    String name = crossing.database();
    crossing.onTarget(
        "ALTER SUBSCRIPTION \"%s\" DISABLE".formatted(name),
        "ALTER SUBSCRIPTION \"%s\" SET (slot_name = NONE)".formatted(name),
        "DROP SUBSCRIPTION \"%s\"".formatted(name));
  }
}
