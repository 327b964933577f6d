package nl.veer.connectors.dialect.postgres;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import nl.veer.connectors.dialect.postgres.PostgresConstraint.Kind;
import nl.veer.connectors.dialect.postgres.PostgresTrigger.Firing;
import nl.veer.connectors.event.TableId;

/**
 * What stands on a database's tables beside their columns: what their rows must obey, and what
 * happens when they are written. Partitions are left to their root, as everywhere.
 */
public record PostgresDefinitions(
    List<PostgresConstraint> constraints,
    List<PostgresIndex> indexes,
    List<PostgresTrigger> triggers) {

  /** Names are written in full for as long as nothing is found by the search path. */
  private static final String NAMES_IN_FULL =
      "SELECT pg_catalog.set_config('search_path', 'pg_catalog', false)";

  private static final String OF_USERS =
      """
      c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relpersistence <> 't'
        AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast', 'veer')
      """;

  /** One column by way of jsonb, for servers older than 18 have none of that name. */
  private static final String CONSTRAINTS =
      """
      SELECT n.nspname, c.relname, k.contype, k.conname, pg_get_constraintdef(k.oid),
             k.convalidated,
             coalesce((to_jsonb(k) ->> 'conenforced')::boolean, true)
               AND NOT EXISTS (SELECT FROM pg_trigger t
                               WHERE t.tgconstraint = k.oid AND t.tgenabled IN ('D', 'R')),
             fn.nspname, f.relname, k.confmatchtype = 'f',
             ARRAY(SELECT a.attname::text FROM unnest(k.conkey) WITH ORDINALITY u(num, place)
                   JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.num
                   ORDER BY u.place),
             ARRAY(SELECT a.attname::text FROM unnest(k.confkey) WITH ORDINALITY u(num, place)
                   JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = u.num
                   ORDER BY u.place)
      FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
           JOIN pg_namespace n ON n.oid = c.relnamespace
           LEFT JOIN pg_class f ON f.oid = k.confrelid
           LEFT JOIN pg_namespace fn ON fn.oid = f.relnamespace
      WHERE k.contype IN ('p', 'u', 'f', 'c', 'x') AND k.conparentid = 0 AND
      """
          + OF_USERS
          + " ORDER BY 1, 2, 3, 4";

  /** From 18 on, NOT NULL may be there without having been looked at. */
  private static final String NOT_NULL =
      """
      SELECT n.nspname, c.relname, a.attname,
             NOT EXISTS (SELECT FROM pg_constraint k
                         WHERE k.conrelid = c.oid AND k.contype = 'n' AND NOT k.convalidated
                           AND k.conkey = ARRAY[a.attnum])
      FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
           JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE a.attnotnull AND a.attnum > 0 AND NOT a.attisdropped AND
      """
          + OF_USERS
          + " ORDER BY 1, 2, 3";

  private static final String INDEXES =
      """
      SELECT n.nspname, c.relname, x.relname,
             regexp_replace(
               replace(pg_get_indexdef(i.indexrelid),
                       'INDEX ' || quote_ident(x.relname) || ' ON ', 'INDEX ON '),
               ' WITH \\([^)]*\\)', ''),
             i.indisunique, i.indisvalid AND i.indisready AND i.indislive,
             EXISTS (SELECT FROM pg_constraint k
                     WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x')),
             EXISTS (SELECT FROM unnest(i.indcollation) o(id) WHERE o.id = 'default'::regcollation)
      FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid
           JOIN pg_class c ON c.oid = i.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE
      """
          + OF_USERS
          + " ORDER BY 1, 2, 3";

  /** Veer's own triggers, those of a fence among them, call functions in its own schemas. */
  private static final String TRIGGERS =
      """
      SELECT n.nspname, c.relname, t.tgname, pg_get_triggerdef(t.oid), t.tgenabled,
             md5(coalesce(p.prosrc, ''))
      FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
           JOIN pg_namespace n ON n.oid = c.relnamespace
           JOIN pg_proc p ON p.oid = t.tgfoid JOIN pg_namespace pn ON pn.oid = p.pronamespace
      WHERE NOT t.tgisinternal AND t.tgparentid = 0 AND pn.nspname NOT IN ('veer', 'veer_fence') AND
      """
          + OF_USERS
          + " ORDER BY 1, 2, 3";

  public PostgresDefinitions {
    constraints = List.copyOf(constraints);
    indexes = List.copyOf(indexes);
    triggers = List.copyOf(triggers);
  }

  /**
   * Of all tables that users have made. Changes the session's search path, so the connection should
   * be the caller's own.
   */
  public static PostgresDefinitions read(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(NAMES_IN_FULL);
    }
    List<PostgresConstraint> constraints = rows(connection, CONSTRAINTS, row -> constraint(row));
    constraints.addAll(rows(connection, NOT_NULL, row -> notNull(row)));
    return new PostgresDefinitions(
        constraints,
        rows(connection, INDEXES, row -> index(row)),
        rows(connection, TRIGGERS, row -> trigger(row)));
  }

  private interface Reading<T> {
    T of(ResultSet row) throws SQLException;
  }

  private static <T> List<T> rows(Connection connection, String sql, Reading<T> reading)
      throws SQLException {
    List<T> read = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement(sql);
        ResultSet row = query.executeQuery()) {
      while (row.next()) {
        read.add(reading.of(row));
      }
    }
    return read;
  }

  private static PostgresConstraint constraint(ResultSet row) throws SQLException {
    String other = row.getString(9);
    return new PostgresConstraint(
        table(row),
        kind(row.getString(3)),
        row.getString(4),
        definition(row.getString(5)),
        row.getBoolean(6),
        row.getBoolean(7),
        other == null ? null : new TableId(row.getString(8), other),
        other == null ? List.of() : texts(row.getArray(11)),
        texts(row.getArray(12)),
        row.getBoolean(10));
  }

  private static PostgresConstraint notNull(ResultSet row) throws SQLException {
    String column = row.getString(3);
    return new PostgresConstraint(
        table(row),
        Kind.NOT_NULL,
        column,
        "NOT NULL " + PostgresNames.quoted(column),
        row.getBoolean(4),
        true,
        null,
        List.of(),
        List.of(),
        false);
  }

  private static PostgresIndex index(ResultSet row) throws SQLException {
    return new PostgresIndex(
        table(row),
        row.getString(3),
        row.getString(4),
        row.getBoolean(5),
        row.getBoolean(6),
        row.getBoolean(7),
        row.getBoolean(8));
  }

  private static PostgresTrigger trigger(ResultSet row) throws SQLException {
    return new PostgresTrigger(
        table(row), row.getString(3), row.getString(4), firing(row.getString(5)), row.getString(6));
  }

  private static TableId table(ResultSet row) throws SQLException {
    return new TableId(row.getString(1), row.getString(2));
  }

  /** Whether it is valid, and enforced, is said beside it. */
  private static String definition(String text) {
    return text.replaceFirst(" NOT ENFORCED$", "").replaceFirst(" NOT VALID$", "");
  }

  private static Kind kind(String letter) {
    return switch (letter) {
      case "p" -> Kind.PRIMARY_KEY;
      case "u" -> Kind.UNIQUE;
      case "f" -> Kind.FOREIGN_KEY;
      case "c" -> Kind.CHECK;
      default -> Kind.EXCLUSION;
    };
  }

  private static Firing firing(String letter) {
    return switch (letter) {
      case "O" -> Firing.ORIGIN;
      case "A" -> Firing.ALWAYS;
      case "R" -> Firing.REPLICA;
      default -> Firing.DISABLED;
    };
  }

  private static List<String> texts(Array array) throws SQLException {
    return List.of((String[]) array.getArray());
  }
}
