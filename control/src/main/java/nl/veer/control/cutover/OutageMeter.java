package nl.veer.control.cutover;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nl.veer.connectors.event.TableId;
import nl.veer.control.cutover.OutageWriter.Place;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures the outage as writers see it: a few clients of its own, as Veer's role and as roles that
 * Veer may take and that may write. Those whom the fence stops are the ones that count, and of them
 * the one that was kept waiting longest. There may be none: where all such tables have statement
 * triggers or rules of the user's own, which a client would set off, or where the fence stops none
 * of these roles. Owned by one thread.
 */
final class OutageMeter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OutageMeter.class);

  private static final int MOST_ROLES = 2;

  /** One that cannot write when all is well cannot measure anything. */
  private static final Duration BEGINS_WITHIN = Duration.ofSeconds(2);

  /** Behind the fence's end; a session that was ended connects anew. */
  private static final Duration COMES_BACK_WITHIN = Duration.ofSeconds(2);

  /** A table on which a DELETE sets off nothing of the user's. */
  private static final String TABLE =
      """
      SELECT t.schema, t.name
      FROM unnest(?::text[], ?::text[]) WITH ORDINALITY AS t(schema, name, place)
           JOIN pg_catalog.pg_namespace n ON n.nspname = t.schema
           JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = t.name
      WHERE NOT c.relhasrules AND NOT EXISTS (
        SELECT FROM pg_catalog.pg_trigger g
             JOIN pg_catalog.pg_proc p ON p.oid = g.tgfoid
        WHERE g.tgrelid = c.oid AND NOT g.tgisinternal AND g.tgtype & 1 = 0 AND g.tgtype & 8 <> 0
          AND p.pronamespace IS DISTINCT FROM pg_catalog.to_regnamespace('veer_fence'))
      ORDER BY t.place LIMIT 1
      """;

  private static final String ROLES =
      """
      SELECT r.rolname FROM pg_catalog.pg_roles r
      WHERE r.rolname <> current_user AND NOT r.rolsuper AND r.rolname !~ '^pg_'
        AND pg_catalog.pg_has_role(current_user, r.oid, 'MEMBER')
        AND pg_catalog.has_table_privilege(r.oid, ?::regclass, 'DELETE')
        AND pg_catalog.has_schema_privilege(r.oid, ?, 'USAGE')
      ORDER BY r.rolcanlogin DESC, r.rolname LIMIT ?
      """;

  private final List<OutageWriter> writers = new ArrayList<>();

  /** Lets the writers begin, and returns when they have written, or will not. */
  void begin(Connection side, OutageWriter.Opening opening, List<TableId> tables) {
    if (!writers.isEmpty()) {
      return;
    }
    try {
      Optional<TableId> table = table(side, tables);
      if (table.isPresent()) {
        Place place = new Place(opening, table.get());
        writers.add(new OutageWriter(place, null));
        roles(side, table.get()).forEach(role -> writers.add(new OutageWriter(place, role)));
      }
    } catch (SQLException e) {
      LOG.debug("No writer can be set up", e);
    }
    writers.forEach(OutageWriter::start);
    for (OutageWriter writer : List.copyOf(writers)) {
      if (!writer.awaitAccepted(BEGINS_WITHIN)) {
        writers.remove(writer);
        writer.close();
      }
    }
  }

  private static Optional<TableId> table(Connection side, List<TableId> tables)
      throws SQLException {
    try (PreparedStatement query = side.prepareStatement(TABLE)) {
      query.setArray(1, side.createArrayOf("text", tables.stream().map(TableId::schema).toArray()));
      query.setArray(2, side.createArrayOf("text", tables.stream().map(TableId::name).toArray()));
      try (ResultSet row = query.executeQuery()) {
        return row.next()
            ? Optional.of(new TableId(row.getString(1), row.getString(2)))
            : Optional.empty();
      }
    }
  }

  private static List<String> roles(Connection side, TableId table) throws SQLException {
    List<String> roles = new ArrayList<>();
    try (PreparedStatement query = side.prepareStatement(ROLES)) {
      query.setString(1, table.quoted());
      query.setString(2, table.schema());
      query.setInt(3, MOST_ROLES);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          roles.add(row.getString(1));
        }
      }
    }
    return roles;
  }

  /** The writers go over to the other side, as the applications do. */
  void moveTo(Connection side, OutageWriter.Opening opening, List<TableId> tables) {
    try {
      Optional<TableId> table = table(side, tables);
      if (table.isPresent()) {
        writers.forEach(writer -> writer.moveTo(new Place(opening, table.get())));
      }
    } catch (SQLException e) {
      LOG.debug("The writers cannot go over", e);
    }
  }

  /** Ends the writers; how long the fence kept them from writing, if it stopped any. */
  Optional<Duration> end() {
    List<OutageWriter> stopped =
        writers.stream()
            .filter(OutageWriter::wasStopped)
            .filter(writer -> writer.awaitAccepted(COMES_BACK_WITHIN))
            .toList();
    Optional<Duration> longest =
        stopped.stream().map(OutageWriter::longestPause).max(Duration::compareTo);
    close();
    return longest;
  }

  @Override
  public void close() {
    writers.forEach(OutageWriter::close);
    writers.clear();
  }
}
