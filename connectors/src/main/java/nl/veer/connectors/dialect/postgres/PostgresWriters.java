package nl.veer.connectors.dialect.postgres;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import nl.veer.connectors.event.TableId;
import org.jspecify.annotations.Nullable;

/**
 * Who has written to tables and not ended its transaction yet. A write keeps its lock to the end of
 * its transaction, prepared or not, so the locks that are held tell all of them. Stateless.
 *
 * <p>Behind a fence, sessions go on trying and hold the same lock until they are refused. They are
 * told apart by when they came: wait for those of the first look after the fence was raised, with
 * {@link #left}; whoever takes its lock later meets the fence.
 */
public final class PostgresWriters {
  /** What writing takes, and what is stronger and may write: TRUNCATE, a rewriting ALTER TABLE. */
  private static final List<String> WRITING =
      List.of("RowExclusiveLock", "ShareRowExclusiveLock", "ExclusiveLock", "AccessExclusiveLock");

  /**
   * A prepared transaction has no session; its own number, which it keeps locked as well, leads to
   * its gid. Autovacuum has a session without a user. The server's other databases do not count.
   */
  private static final String HOLDERS =
      """
      SELECT DISTINCT l.virtualtransaction, coalesce(l.pid, 0), p.gid,
             coalesce(p.prepared, a.xact_start), coalesce(a.application_name, ''),
             coalesce(p.owner, a.usename, '')
      FROM pg_locks l
           LEFT JOIN pg_stat_activity a ON a.pid = l.pid
           LEFT JOIN pg_locks x ON l.pid IS NULL AND x.pid IS NULL
                AND x.locktype = 'transactionid' AND x.virtualtransaction = l.virtualtransaction
           LEFT JOIN pg_prepared_xacts p ON p.transaction = x.transactionid
      WHERE l.locktype = 'relation' AND l.granted AND l.mode = ANY (?)
        AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
        AND l.relation::bigint = ANY (?)
        AND l.pid IS DISTINCT FROM pg_backend_pid()
        AND (l.pid IS NULL OR a.usesysid IS NOT NULL)
      ORDER BY 4 NULLS LAST, 1
      """;

  private PostgresWriters() {}

  /** Of the tables, their partitions and children; the connection's own transaction is left out. */
  public static List<Writer> on(Connection side, List<TableId> tables) throws SQLException {
    return holders(side, TableFamilies.read(side, tables).oids(side), WRITING);
  }

  /** Those of the earlier ones that have not ended yet, as they are now. */
  public static List<Writer> left(Connection side, List<TableId> tables, Collection<Writer> earlier)
      throws SQLException {
    // By the transaction alone: one that is prepared meanwhile keeps its name and loses its
    // session.
    Set<String> awaited = earlier.stream().map(Writer::transaction).collect(Collectors.toSet());
    return on(side, tables).stream()
        .filter(writer -> awaited.contains(writer.transaction()))
        .toList();
  }

  static List<Writer> holders(Connection side, Array relations, List<String> modes)
      throws SQLException {
    List<Writer> holders = new ArrayList<>();
    try (PreparedStatement query = side.prepareStatement(HOLDERS)) {
      query.setArray(1, side.createArrayOf("text", modes.toArray()));
      query.setArray(2, relations);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          holders.add(holder(row));
        }
      }
    }
    return holders;
  }

  private static Writer holder(ResultSet row) throws SQLException {
    @Nullable OffsetDateTime since = row.getObject(4, OffsetDateTime.class);
    return new Writer(
        row.getString(1),
        row.getInt(2),
        row.getString(3),
        since == null ? null : since.toInstant(),
        row.getString(5),
        row.getString(6));
  }
}
