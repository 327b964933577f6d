package nl.veer.connectors.dialect.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ObjLongConsumer;
import nl.veer.connectors.dialect.Boundary;
import nl.veer.connectors.dialect.LoadDialect.Range;
import nl.veer.connectors.dialect.LoadDialect.SourceTable;
import nl.veer.connectors.dialect.SourceSnapshot;
import nl.veer.connectors.dialect.TableSchema;
import nl.veer.connectors.dialect.TargetSession;
import nl.veer.connectors.event.LsnPosition;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;

/** An exported snapshot, held open by a transaction of its own. */
final class PostgresSourceSnapshot implements SourceSnapshot {
  /**
   * The tables with a column whose binary form does not mean the same on another server. Arrays and
   * composites have type OIDs inside, which are each server's own unless the type's OID was given
   * by hand; an enum's binary form is its label. An empty query or vector is sent, but refused when
   * received.
   */
  private static final String NOT_PORTABLE =
      """
      SELECT DISTINCT w.nspname, w.relname
      FROM wanted w JOIN pg_attribute a ON a.attrelid = w.oid JOIN pg_type t ON t.oid = a.atttypid
      WHERE a.attnum > 0 AND NOT a.attisdropped
        AND NOT (t.typtype = 'e' OR t.oid < 10000 AND t.typtype IN ('b', 'r', 'm')
                 AND t.typname !~ '^_?(tsquery|int2vector|oidvector)$')
      """;

  private final Connection holder;
  private final Map<TableId, TableSchema> tables;
  private final Map<TableId, PostgresStorage> storages;
  private final String name;
  private final Boundary boundary;
  private final List<PostgresExtent> extents;
  private final Set<TableId> asText;

  private PostgresSourceSnapshot(
      Connection holder,
      Map<TableId, TableSchema> tables,
      Map<TableId, PostgresStorage> storages,
      String name,
      Boundary boundary,
      List<PostgresExtent> extents,
      Set<TableId> asText) {
    this.holder = holder;
    this.tables = tables;
    this.storages = storages;
    this.name = name;
    this.boundary = boundary;
    this.extents = extents;
    this.asText = asText;
  }

  /**
   * Takes it.
   *
   * @param planned refused with TRANSIENT if one of them is not as planned any more
   */
  static PostgresSourceSnapshot open(Connection holder, List<SourceTable> planned)
      throws SQLException {
    Map<TableId, TableSchema> tables = new LinkedHashMap<>();
    planned.forEach(table -> tables.put(table.schema().id(), table.schema()));
    try (Statement statement = holder.createStatement()) {
      // Before the snapshot: whatever is rewritten from here on shows at the end.
      Map<TableId, PostgresStorage> storages = PostgresStorage.read(holder, tables.values());
      statement.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
      String name;
      String visible;
      try (ResultSet row =
          statement.executeQuery("SELECT pg_export_snapshot(), pg_current_snapshot()::text")) {
        row.next();
        name = row.getString(1);
        visible = row.getString(2);
      }
      // After the snapshot: everything that the snapshot sees has its end before this.
      String position;
      try (ResultSet row = statement.executeQuery("SELECT pg_current_wal_insert_lsn()::text")) {
        row.next();
        position = row.getString(1);
      }
      // To look at a partition tree locks it: whoever would change it must not wait for the load of
      // other tables, nor whoever comes behind.
      statement.execute("SAVEPOINT look");
      requireAsPlanned(holder, planned);
      PostgresColumnTypes.require(holder, tables.keySet(), FailureKind.SOURCE_DATA);
      PostgresSourceSnapshot taken =
          new PostgresSourceSnapshot(
              holder,
              tables,
              storages,
              name,
              PostgresSnapshot.parse(visible, LsnPosition.parse(position)),
              PostgresExtent.read(holder, tables.keySet()),
              notPortable(holder, tables.keySet()));
      statement.execute("ROLLBACK TO SAVEPOINT look");
      return taken;
    }
  }

  private static void requireAsPlanned(Connection holder, List<SourceTable> planned)
      throws SQLException {
    Map<TableId, SourceTable> now = new HashMap<>();
    PostgresSourceTables.read(holder, planned.stream().map(table -> table.schema().id()).toList())
        .forEach(table -> now.put(table.schema().id(), table));
    for (SourceTable table : planned) {
      SourceTable found = now.get(table.schema().id());
      if (found == null
          || !found.schema().equals(table.schema())
          || !found.identity().equals(table.identity())) {
        throw changed(table.schema().id(), "its definition changed before its load began");
      }
    }
  }

  private static Failure changed(TableId table, String what) {
    return new Failure(
        FailureKind.TRANSIENT,
        "TABLE_CHANGED",
        "Table %s of the source cannot be taken as it was read: %s. It is loaded again from its"
                .formatted(table, what)
            + " beginning; nothing needs to be done unless this goes on.");
  }

  private static Set<TableId> notPortable(Connection connection, Collection<TableId> tables)
      throws SQLException {
    Set<TableId> found = new HashSet<>();
    try (PreparedStatement query = PostgresWanted.prepare(connection, NOT_PORTABLE, tables);
        ResultSet row = query.executeQuery()) {
      while (row.next()) {
        found.add(new TableId(row.getString(1), row.getString(2)));
      }
    }
    return found;
  }

  @Override
  public Boundary boundary() {
    return boundary;
  }

  @Override
  public long bytes() {
    return extents.stream().mapToLong(PostgresExtent::bytes).sum();
  }

  @Override
  public List<Range> ranges(long most) {
    List<Range> ranges = new ArrayList<>();
    Set<TableId> without = new HashSet<>(tables.keySet());
    for (PostgresExtent extent : extents) {
      ranges.addAll(extent.ranges(most));
      without.remove(extent.table());
    }
    // A partitioned table without partitions has nothing, which must be recorded all the same.
    without.forEach(table -> ranges.add(new Range(table, table.quoted(), 0, Long.MAX_VALUE, 0)));
    return ranges;
  }

  @Override
  public List<Copied> copy(
      List<Range> ranges, Connection source, TargetSession target, ObjLongConsumer<TableId> bytes) {
    PostgresPipe pipe = new PostgresPipe(source, target.connection(), bytes);
    return pipe.copyAll(name, ranges.stream().map(this::statements).toList());
  }

  private PostgresPipe.Copy statements(Range range) {
    TableSchema table = tables.get(range.table());
    if (table == null) {
      throw new IllegalArgumentException("A range of another snapshot: " + range.table());
    }
    String columns = PostgresNames.list(table.writtenColumns());
    String format = asText.contains(table.id()) ? " (FORMAT text)" : " (FORMAT binary)";
    return new PostgresPipe.Copy(
        table.id(),
        "COPY " + rows(table, columns, range) + " TO STDOUT" + format,
        "COPY " + table.id().quoted() + " (" + columns + ") FROM STDIN" + format);
  }

  /** A relation as a whole is read without the executor, which takes its time for every row. */
  private static String rows(TableSchema table, String columns, Range range) {
    String from = range.from() == 0 ? "" : " ctid >= '(" + range.from() + ",0)'::tid";
    String to = range.to() == Long.MAX_VALUE ? "" : " ctid < '(" + range.to() + ",0)'::tid";
    if (from.isEmpty() && to.isEmpty()) {
      // A root can only be asked; and a partition may compute what its root holds.
      return table.partitioned()
          ? "(SELECT " + columns + " FROM " + range.relation() + ")"
          : range.relation() + " (" + columns + ")";
    }
    String and = from.isEmpty() || to.isEmpty() ? "" : " AND";
    return "(SELECT "
        + columns
        + " FROM ONLY "
        + range.relation()
        + " WHERE"
        + from
        + and
        + to
        + ")";
  }

  @Override
  public void requireUnchanged(Collection<TableId> some, Connection source) {
    Map<TableId, PostgresStorage> now;
    try {
      now =
          PostgresStorage.read(
              source, tables.values().stream().filter(t -> some.contains(t.id())).toList());
    } catch (SQLException e) {
      throw PostgresFailures.source(e, "looking once more at " + some.size() + " tables");
    }
    for (TableId table : some) {
      PostgresStorage before = storages.get(table);
      if (before == null || !before.equals(now.get(table))) {
        throw changed(
            table,
            "it was rewritten, truncated, or changed its columns or partitions during its load");
      }
    }
  }

  @Override
  public void close() {
    try (Statement statement = holder.createStatement()) {
      statement.execute("ROLLBACK");
    } catch (SQLException e) {
      throw PostgresFailures.source(e, "ending a snapshot");
    }
  }
}
