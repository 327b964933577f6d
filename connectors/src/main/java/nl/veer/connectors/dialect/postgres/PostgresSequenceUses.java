package nl.veer.connectors.dialect.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nl.veer.connectors.event.TableId;

/** Reads which tables draw from which sequences, as far as the catalog knows. Stateless. */
public final class PostgresSequenceUses {
  /** By a column's default, or as what belongs to a column; of partitions, their root. */
  private static final String USES =
      """
      WITH uses AS (
        SELECT d.refobjid AS sequence, f.adrelid AS relation
        FROM pg_depend d JOIN pg_attrdef f ON f.oid = d.objid
        WHERE d.classid = 'pg_attrdef'::regclass AND d.refclassid = 'pg_class'::regclass
        UNION
        SELECT d.objid, d.refobjid FROM pg_depend d
        WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass
          AND d.refobjsubid > 0 AND d.deptype IN ('a', 'i')
      ), roots AS (
        SELECT u.sequence, coalesce(pg_partition_root(u.relation), u.relation) AS relation
        FROM uses u JOIN pg_class t ON t.oid = u.relation AND t.relkind IN ('r', 'p')
      )
      SELECT DISTINCT n.nspname, s.relname, tn.nspname, t.relname
      FROM pg_class s JOIN pg_namespace n ON n.oid = s.relnamespace
           LEFT JOIN roots r ON r.sequence = s.oid
           LEFT JOIN pg_class t ON t.oid = r.relation
           LEFT JOIN pg_namespace tn ON tn.oid = t.relnamespace
      WHERE s.relkind = 'S' AND s.relpersistence <> 't'
        AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast', 'veer')
      ORDER BY 1, 2, 3, 4
      """;

  private PostgresSequenceUses() {}

  /** Of all sequences that users have made. */
  public static List<SequenceUse> read(Connection connection) throws SQLException {
    Map<List<String>, List<TableId>> tables = new LinkedHashMap<>();
    try (PreparedStatement query = connection.prepareStatement(USES);
        ResultSet row = query.executeQuery()) {
      while (row.next()) {
        List<TableId> drawing =
            tables.computeIfAbsent(
                List.of(row.getString(1), row.getString(2)), any -> new ArrayList<>());
        if (row.getString(4) != null) {
          drawing.add(new TableId(row.getString(3), row.getString(4)));
        }
      }
    }
    List<SequenceUse> uses = new ArrayList<>();
    tables.forEach((name, drawing) -> uses.add(new SequenceUse(name.get(0), name.get(1), drawing)));
    return uses;
  }
}
