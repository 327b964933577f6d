package nl.veer.control.cutover;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import nl.veer.connectors.event.TableId;

/** How many rows tables have, by their statistics. */
final class RowEstimate {
  /** Of all partitions; -1 if one that holds something has no statistics. */
  private static final String ESTIMATE =
      """
      SELECT coalesce(sum(CASE WHEN pg_relation_size(l.oid) = 0 THEN 0
                               WHEN l.reltuples > 0 THEN l.reltuples::bigint END), 0),
             count(*) FILTER (WHERE pg_relation_size(l.oid) > 0 AND l.reltuples <= 0)
      FROM unnest(?::text[]) AS t(name)
           CROSS JOIN LATERAL (
             SELECT t.name::regclass AS oid UNION
             SELECT p.relid FROM pg_partition_tree(t.name::regclass) p) AS r
           JOIN pg_class l ON l.oid = r.oid AND l.relkind = 'r'
      """;

  private RowEstimate() {}

  /** Of all of them; empty if one has no statistics. */
  static OptionalLong all(Connection side, List<TableId> tables) throws SQLException {
    try (PreparedStatement query = side.prepareStatement(ESTIMATE)) {
      query.setArray(1, side.createArrayOf("text", tables.stream().map(TableId::quoted).toArray()));
      try (ResultSet row = query.executeQuery()) {
        row.next();
        return row.getLong(2) > 0 ? OptionalLong.empty() : OptionalLong.of(row.getLong(1));
      }
    }
  }

  /** Of each; without those that have no statistics. */
  static Map<TableId, Long> each(Connection side, List<TableId> tables) throws SQLException {
    Map<TableId, Long> rows = new HashMap<>();
    for (TableId table : tables) {
      OptionalLong of = all(side, List.of(table));
      if (of.isPresent()) {
        rows.put(table, of.getAsLong());
      }
    }
    return rows;
  }
}
