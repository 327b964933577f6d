package nl.veer.connectors.dialect.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;
import nl.veer.connectors.dialect.Boundary;
import nl.veer.connectors.dialect.LoadDialect.Range;
import nl.veer.connectors.dialect.LoadDialect.SourceTable;
import nl.veer.connectors.dialect.TableSchema;
import nl.veer.connectors.dialect.TableSnapshot;
import nl.veer.connectors.dialect.TargetSession;
import nl.veer.connectors.event.LsnPosition;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;

/**
 * An exported snapshot of one table, held open by a transaction of its own. Parts are ranges of
 * pages of the leaf partitions: every row version stays on its page, so a snapshot finds each row
 * in exactly one range, and the last range is open-ended.
 */
final class PostgresTableSnapshot implements TableSnapshot {
  /** 64 MiB of table: a few seconds of work that is lost at most when a worker's session breaks. */
  private static final long PAGES_PER_RANGE = 8_192;

  /** Ranges of row addresses are read without passing over the whole table since this version. */
  private static final int RANGES_SINCE = 140_000;

  private static final String LEAVES =
      """
      SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname),
             pg_relation_size(c.oid) / current_setting('block_size')::bigint
      FROM pg_partition_tree(?::text::regclass) t JOIN pg_class c ON c.oid = t.relid
           JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE t.isleaf AND c.relkind = 'r'
      UNION ALL
      SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname),
             pg_relation_size(c.oid) / current_setting('block_size')::bigint
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.oid = ?::text::regclass AND c.relkind = 'r'
        AND NOT EXISTS (SELECT FROM pg_partition_tree(?::text::regclass))
      """;

  /**
   * Whether every column's binary form means the same on another server. Arrays and composites have
   * type OIDs inside, which are each server's own unless the type's OID was given by hand; an
   * enum's binary form is its label. An empty query or vector is sent, but refused when received.
   */
  private static final String IS_PORTABLE =
      """
      SELECT coalesce(bool_and(t.typtype = 'e' OR t.oid < 10000 AND t.typtype IN ('b', 'r', 'm')
                      AND t.typname !~ '^_?(tsquery|int2vector|oidvector)$'), true)
      FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
      WHERE a.attrelid = ?::text::regclass AND a.attnum > 0 AND NOT a.attisdropped
      """;

  private final Connection coordinator;
  private final PostgresStorage storage;
  private final TableSchema table;
  private final String snapshot;
  private final Boundary boundary;
  private final List<Range> ranges;
  private final boolean binary;

  private PostgresTableSnapshot(
      Connection coordinator,
      PostgresStorage storage,
      TableSchema table,
      String snapshot,
      Boundary boundary,
      List<Range> ranges,
      boolean binary) {
    this.coordinator = coordinator;
    this.storage = storage;
    this.table = table;
    this.snapshot = snapshot;
    this.boundary = boundary;
    this.ranges = ranges;
    this.binary = binary;
  }

  /**
   * Owns the connection from now on.
   *
   * @param planned refused with TRANSIENT if the table is not as planned any more
   */
  static PostgresTableSnapshot open(Connection coordinator, SourceTable planned)
      throws SQLException {
    TableSchema table = planned.schema();
    try (Statement statement = coordinator.createStatement()) {
      // Before the snapshot: whatever is rewritten from here on shows at the end.
      PostgresStorage storage = PostgresStorage.read(coordinator, table);
      statement.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
      String snapshot;
      String visible;
      try (ResultSet row =
          statement.executeQuery("SELECT pg_export_snapshot(), pg_current_snapshot()::text")) {
        row.next();
        snapshot = row.getString(1);
        visible = row.getString(2);
      }
      // After the snapshot: everything that the snapshot sees has its end before this.
      String position;
      try (ResultSet row = statement.executeQuery("SELECT pg_current_wal_insert_lsn()::text")) {
        row.next();
        position = row.getString(1);
      }
      requireAsPlanned(coordinator, planned);
      PostgresColumnTypes.require(coordinator, Set.of(table.id()), FailureKind.SOURCE_DATA);
      return new PostgresTableSnapshot(
          coordinator,
          storage,
          table,
          snapshot,
          PostgresSnapshot.parse(visible, LsnPosition.parse(position)),
          ranges(coordinator, table),
          isPortable(coordinator, table));
    } catch (SQLException | RuntimeException e) {
      coordinator.close();
      throw e;
    }
  }

  private static void requireAsPlanned(Connection coordinator, SourceTable planned)
      throws SQLException {
    List<SourceTable> now = PostgresSourceTables.read(coordinator, List.of(planned.schema().id()));
    if (now.size() != 1
        || !now.get(0).schema().equals(planned.schema())
        || !now.get(0).identity().equals(planned.identity())) {
      throw changed(planned.schema(), "its definition changed before its load began");
    }
  }

  private static Failure changed(TableSchema table, String what) {
    return new Failure(
        FailureKind.TRANSIENT,
        "TABLE_CHANGED",
        "Table %s of the source cannot be taken as it was read: %s. It is loaded again from its"
                .formatted(table.id(), what)
            + " beginning; nothing needs to be done unless this goes on.");
  }

  private static List<Range> ranges(Connection connection, TableSchema table) throws SQLException {
    boolean divided = connection.getMetaData().getDatabaseMajorVersion() * 10_000 >= RANGES_SINCE;
    List<Range> ranges = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement(LEAVES)) {
      query.setString(1, table.id().quoted());
      query.setString(2, table.id().quoted());
      query.setString(3, table.id().quoted());
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          long pages = divided ? row.getLong(2) : 0;
          long from = 0;
          for (; pages - from > PAGES_PER_RANGE; from += PAGES_PER_RANGE) {
            ranges.add(new Range(row.getString(1), from, from + PAGES_PER_RANGE));
          }
          ranges.add(new Range(row.getString(1), from, Long.MAX_VALUE));
        }
      }
    }
    if (ranges.isEmpty()) {
      // A partitioned table without partitions has nothing, which must be recorded all the same.
      ranges.add(new Range(table.id().quoted(), 0, Long.MAX_VALUE));
    }
    return ranges;
  }

  private static boolean isPortable(Connection connection, TableSchema table) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(IS_PORTABLE)) {
      query.setString(1, table.id().quoted());
      try (ResultSet row = query.executeQuery()) {
        row.next();
        return row.getBoolean(1);
      }
    }
  }

  @Override
  public Boundary boundary() {
    return boundary;
  }

  @Override
  public List<Range> ranges() {
    return List.copyOf(ranges);
  }

  @Override
  public long copy(Range range, Connection source, TargetSession target, LongConsumer bytes) {
    return new PostgresPipe(source, target.connection(), bytes)
        .copy(snapshot, select(range), into(), table.id());
  }

  private String select(Range range) {
    String rows =
        "SELECT "
            + PostgresNames.list(table.writtenColumns())
            + " FROM "
            + (table.partitioned() && range.table().equals(table.id().quoted()) ? "" : "ONLY ")
            + range.table();
    String from = range.from() == 0 ? "" : " ctid >= '(" + range.from() + ",0)'::tid";
    String to = range.to() == Long.MAX_VALUE ? "" : " ctid < '(" + range.to() + ",0)'::tid";
    String where =
        from.isEmpty() && to.isEmpty()
            ? ""
            : " WHERE" + from + (from.isEmpty() || to.isEmpty() ? "" : " AND") + to;
    return "COPY (" + rows + where + ") TO STDOUT" + format();
  }

  private String into() {
    return "COPY "
        + table.id().quoted()
        + " ("
        + PostgresNames.list(table.writtenColumns())
        + ") FROM STDIN"
        + format();
  }

  private String format() {
    return binary ? " (FORMAT binary)" : " (FORMAT text)";
  }

  @Override
  public void requireUnchanged(Connection source) {
    PostgresStorage now;
    try {
      now = PostgresStorage.read(source, table);
    } catch (SQLException e) {
      throw PostgresFailures.source(e, "looking at " + table.id() + " once more");
    }
    if (!now.equals(storage)) {
      throw changed(
          table,
          "it was rewritten, truncated, or changed its columns or partitions during its load");
    }
  }

  @Override
  public void close() {
    try {
      coordinator.close();
    } catch (SQLException e) {
      // Its transaction read only; the server ends it with the connection.
      return;
    }
  }
}
