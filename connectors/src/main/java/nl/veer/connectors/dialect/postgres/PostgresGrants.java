package nl.veer.connectors.dialect.postgres;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import nl.veer.connectors.dialect.postgres.RelationGrants.Need;
import nl.veer.connectors.dialect.postgres.TableFamilies.Member;

/** Reads and changes who may write to tables. Stateless. */
final class PostgresGrants {
  /** An access list that is NULL stands for the default one: everything to the owner. */
  private static final String GRANTS =
      """
      SELECT list.oid, list.name, pg_get_userbyid(a.grantor),
             CASE WHEN a.grantee = 0 THEN '' ELSE pg_get_userbyid(a.grantee) END,
             a.privilege_type, a.is_grantable
      FROM (SELECT oid, '' AS name, coalesce(relacl, acldefault('r', relowner)) AS acl
            FROM pg_class WHERE oid::bigint = ANY (?)
            UNION ALL
            SELECT attrelid, attname, attacl
            FROM pg_attribute
            WHERE attrelid::bigint = ANY (?) AND NOT attisdropped AND attacl IS NOT NULL) list
           CROSS JOIN LATERAL aclexplode(list.acl) a
      WHERE a.privilege_type IN ('INSERT', 'UPDATE', 'DELETE', 'TRUNCATE')
      ORDER BY 1, 2, 3, 4, 5
      """;

  /** A superuser needs none. Of columns only where the table as a whole is not allowed. */
  private static final String NEEDS =
      """
      SELECT c.oid, r.rolname, '', p.name
      FROM pg_class c CROSS JOIN pg_roles r
           CROSS JOIN unnest('{INSERT,UPDATE,DELETE,TRUNCATE}'::text[]) p(name)
      WHERE c.oid::bigint = ANY (?) AND r.rolname = ANY (?) AND NOT r.rolsuper
        AND has_table_privilege(r.oid, c.oid, p.name)
      UNION ALL
      SELECT c.attrelid, r.rolname, c.attname, p.name
      FROM pg_attribute c CROSS JOIN pg_roles r
           CROSS JOIN unnest('{INSERT,UPDATE}'::text[]) p(name)
      WHERE c.attrelid::bigint = ANY (?) AND NOT c.attisdropped AND c.attacl IS NOT NULL
        AND r.rolname = ANY (?) AND NOT r.rolsuper
        AND NOT has_table_privilege(r.oid, c.attrelid, p.name)
        AND has_column_privilege(r.oid, c.attrelid, c.attnum, p.name)
      ORDER BY 1, 2, 3, 4
      """;

  private PostgresGrants() {}

  /** As they are now, one for each member, in their order. */
  static List<RelationGrants> read(
      Connection side, TableFamilies families, Collection<String> exempt) throws SQLException {
    Map<Long, List<Grant>> grants = grants(side, families);
    Map<Long, List<Need>> needs = needs(side, families, exempt);
    List<RelationGrants> relations = new ArrayList<>();
    for (Member member : families.members()) {
      relations.add(
          new RelationGrants(
              member.name(),
              member.owner(),
              grants.getOrDefault(member.oid(), List.of()),
              needs.getOrDefault(member.oid(), List.of())));
    }
    return relations;
  }

  private static Map<Long, List<Grant>> grants(Connection side, TableFamilies families)
      throws SQLException {
    Map<Long, Member> members = new HashMap<>();
    families.members().forEach(member -> members.put(member.oid(), member));
    Map<Long, List<Grant>> grants = new HashMap<>();
    try (PreparedStatement query = side.prepareStatement(GRANTS)) {
      query.setArray(1, families.oids(side));
      query.setArray(2, families.oids(side));
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          Member member = members.get(row.getLong(1));
          if (member != null) {
            grants
                .computeIfAbsent(member.oid(), any -> new ArrayList<>())
                .add(
                    new Grant(
                        member.name(),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getBoolean(6)));
          }
        }
      }
    }
    return grants;
  }

  private static Map<Long, List<Need>> needs(
      Connection side, TableFamilies families, Collection<String> exempt) throws SQLException {
    Array roles = side.createArrayOf("text", exempt.toArray());
    Map<Long, List<Need>> needs = new HashMap<>();
    try (PreparedStatement query = side.prepareStatement(NEEDS)) {
      query.setArray(1, families.oids(side));
      query.setArray(2, roles);
      query.setArray(3, families.oids(side));
      query.setArray(4, roles);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          needs
              .computeIfAbsent(row.getLong(1), any -> new ArrayList<>())
              .add(new Need(row.getString(2), row.getString(3), row.getString(4)));
        }
      }
    }
    return needs;
  }

  static void take(Connection side, RelationGrants relation, List<Grant> grants)
      throws SQLException {
    for (Grant grant : grants) {
      as(side, relation, grant, grant.taken());
    }
  }

  static void give(Connection side, RelationGrants relation, List<Grant> grants)
      throws SQLException {
    for (Grant grant : grants) {
      as(side, relation, grant, grant.given());
    }
  }

  /**
   * Whoever belongs to the owner acts as the owner; for another grantor, this session takes its
   * role: GRANTED BY takes no role but the current one.
   */
  private static void as(Connection side, RelationGrants relation, Grant grant, String sql)
      throws SQLException {
    try (Statement statement = side.createStatement()) {
      if (grant.grantor().equals(relation.owner())) {
        statement.execute(sql);
        return;
      }
      String before = PostgresRoles.current(side);
      statement.execute("SET LOCAL ROLE " + PostgresNames.quoted(grant.grantor()));
      statement.execute(sql);
      statement.execute("SET LOCAL ROLE " + PostgresNames.quoted(before));
    }
  }
}
