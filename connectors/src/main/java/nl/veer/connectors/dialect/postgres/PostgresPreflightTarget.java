package nl.veer.connectors.dialect.postgres;

import java.util.List;
import java.util.Map;
import nl.veer.connectors.event.TableId;

/**
 * What a preflight has to know of a target.
 *
 * @param mayFollow whether Veer may set session_replication_role
 * @param mayStamp whether Veer may make, or owns, the schema veer
 * @param clockMillis the server's clock
 * @param tables the tables asked about that exist
 */
public record PostgresPreflightTarget(
    int version,
    boolean standby,
    boolean encrypted,
    boolean mayFollow,
    boolean mayStamp,
    long clockMillis,
    Map<TableId, Table> tables) {

  public PostgresPreflightTarget {
    tables = Map.copyOf(tables);
  }

  /**
   * A table of the target.
   *
   * @param missing the privileges that Veer lacks of those that it needs to write
   * @param empty false also if it may not be looked into
   */
  public record Table(List<String> missing, boolean empty) {
    public Table {
      missing = List.copyOf(missing);
    }
  }
}
