package nl.veer.connectors.dialect.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import nl.veer.connectors.dialect.Boundary;
import nl.veer.connectors.dialect.LoadDialect;
import nl.veer.connectors.dialect.ReplicaIdentity;
import nl.veer.connectors.dialect.RowIdentity;
import nl.veer.connectors.dialect.SourceConnections;
import nl.veer.connectors.dialect.TableSchema;
import nl.veer.connectors.dialect.TableSnapshot;
import nl.veer.connectors.event.Position;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.Failure;

/** PostgreSQL as the source of a load. */
public final class PostgresLoad implements LoadDialect {
  /** While a slot is being made it is listed without a confirmed position. */
  private static final String SLOT =
      """
      SELECT EXISTS (SELECT FROM pg_replication_slots
                     WHERE slot_name = ? AND database = current_database()
                       AND confirmed_flush_lsn IS NOT NULL)
      """;

  /**
   * Columns of the index that the log identifies rows by. Under FULL the log holds whole rows, and
   * the primary key is good enough unless it is deferrable: then two rows may share it for a while.
   */
  private static final String IDENTITY_COLUMNS =
      """
      SELECT a.attname
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
           JOIN pg_index i ON i.indrelid = c.oid AND i.indimmediate
             AND CASE c.relreplident WHEN 'i' THEN i.indisreplident ELSE i.indisprimary END
           CROSS JOIN unnest(i.indkey) WITH ORDINALITY k(attnum, ordinality)
           JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.attnum
      WHERE n.nspname = ? AND c.relname = ? AND k.ordinality <= i.indnkeyatts
      ORDER BY k.ordinality
      """;

  private static final String ESTIMATE =
      """
      SELECT coalesce(sum(greatest(l.reltuples, 0)), 0)::bigint
      FROM pg_class l
      WHERE l.relkind = 'r'
        AND (l.oid = ?::text::regclass
             OR l.oid IN (SELECT t.relid FROM pg_partition_tree(?::text::regclass) t))
      """;

  @Override
  public Connection open(SourceConnections source, String purpose) throws SQLException {
    Connection connection = source.open(purpose);
    try {
      PostgresSettings.forSource(connection);
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  @Override
  public boolean keepsLog(Connection source, WaveId wave) throws SQLException {
    try (PreparedStatement query = source.prepareStatement(SLOT)) {
      query.setString(1, wave.slot());
      try (ResultSet row = query.executeQuery()) {
        row.next();
        return row.getBoolean(1);
      }
    }
  }

  @Override
  public List<SourceTable> tables(Connection source, List<TableId> ids) throws SQLException {
    Set<TableId> wanted = new HashSet<>(ids);
    List<SourceTable> tables = new ArrayList<>();
    for (TableSchema schema : PostgresCatalog.tables(source)) {
      if (wanted.contains(schema.id())) {
        RowIdentity identity =
            new RowIdentity(
                schema.replicaIdentity() == ReplicaIdentity.FULL,
                identityColumns(source, schema.id()));
        tables.add(new SourceTable(schema, identity, estimate(source, schema.id())));
      }
    }
    return tables;
  }

  private static List<String> identityColumns(Connection source, TableId id) throws SQLException {
    List<String> columns = new ArrayList<>();
    try (PreparedStatement query = source.prepareStatement(IDENTITY_COLUMNS)) {
      query.setString(1, id.schema());
      query.setString(2, id.name());
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          columns.add(row.getString(1));
        }
      }
    }
    return columns;
  }

  private static long estimate(Connection source, TableId id) throws SQLException {
    try (PreparedStatement query = source.prepareStatement(ESTIMATE)) {
      query.setString(1, id.quoted());
      query.setString(2, id.quoted());
      try (ResultSet row = query.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  @Override
  public TableSnapshot snapshot(SourceConnections source, String purpose, SourceTable table) {
    try {
      return PostgresTableSnapshot.open(open(source, purpose), table.schema());
    } catch (SQLException e) {
      throw sourceFailure(e, "taking a snapshot of " + table.schema().id());
    }
  }

  @Override
  public Boundary boundary(String text, Position position) {
    return PostgresSnapshot.parse(text, position);
  }

  @Override
  public Failure sourceFailure(SQLException error, String doing) {
    return PostgresFailures.source(error, doing);
  }
}
