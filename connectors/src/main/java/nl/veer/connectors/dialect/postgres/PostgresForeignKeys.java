package nl.veer.connectors.dialect.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import nl.veer.connectors.event.TableId;

/** Looks at the rows of a foreign key that nobody has ever looked at. Stateless. */
public final class PostgresForeignKeys {
  /** More violations are not counted: one is too many. */
  public static final long MOST = 1_000;

  private PostgresForeignKeys() {}

  /**
   * How many rows refer to nothing, at most {@link #MOST}. Reads the whole table unless indexes
   * help, as long as the connection lets it. Switches row security off for the session: rows that
   * are hidden are an error, not counted as well.
   */
  public static long violations(Connection connection, PostgresConstraint key) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET row_security = off");
    }
    try (PreparedStatement query = connection.prepareStatement(sql(key));
        ResultSet row = query.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }

  static String sql(PostgresConstraint key) {
    TableId other = Objects.requireNonNull(key.references());
    String equal =
        IntStream.range(0, key.columns().size())
            .mapToObj(
                i ->
                    "p.%s = c.%s"
                        .formatted(
                            PostgresNames.quoted(key.referenced().get(i)),
                            PostgresNames.quoted(key.columns().get(i))))
            .collect(Collectors.joining(" AND "));
    return ("SELECT count(*) FROM (SELECT FROM %s c WHERE %s"
            + " AND NOT EXISTS (SELECT FROM %s p WHERE %s) LIMIT %d) v")
        .formatted(key.table().quoted(), refers(key), other.quoted(), equal, MOST);
  }

  /** A row with a NULL in its key refers to nothing, and may; MATCH FULL wants all of them NULL. */
  private static String refers(PostgresConstraint key) {
    List<String> there =
        key.columns().stream().map(c -> "c." + PostgresNames.quoted(c) + " IS NOT NULL").toList();
    return "(" + String.join(key.full() ? " OR " : " AND ", there) + ")";
  }
}
