package nl.veer.sandbox.oracle;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The judge that is not Veer: copies every table out of both databases in one order and compares
 * the bytes. Each side is read in one snapshot, under the same session settings. It knows nothing
 * of logs, events or positions and uses nothing of Veer's.
 */
public final class Oracle {
  private static final String SETTINGS =
      """
      SET timezone = 'UTC';
      SET datestyle = 'ISO, YMD';
      SET intervalstyle = 'postgres';
      SET extra_float_digits = 3;
      SET bytea_output = 'hex';
      SET client_encoding = 'UTF8';
      SET xmlbinary = 'base64';
      SET search_path = pg_catalog;
      SET lc_monetary = 'C'
      """;

  private Oracle() {}

  /** Compares all tables of the schemas; a table that only one side has is a difference. */
  public static Judgement compare(Connection left, Connection right, List<String> schemas)
      throws SQLException {
    begin(left);
    begin(right);
    try {
      Set<TableShape.Name> names = new TreeSet<>();
      for (String schema : schemas) {
        names.addAll(TableShape.names(left, schema));
        names.addAll(TableShape.names(right, schema));
      }
      List<TableJudgement> judgements = new ArrayList<>();
      for (TableShape.Name name : names) {
        judgements.add(judge(left, right, name));
      }
      return new Judgement(judgements);
    } finally {
      left.rollback();
      right.rollback();
    }
  }

  private static void begin(Connection connection) throws SQLException {
    connection.setAutoCommit(true);
    try (Statement statement = connection.createStatement()) {
      statement.execute(SETTINGS);
    }
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
    }
  }

  private static TableJudgement judge(Connection left, Connection right, TableShape.Name name)
      throws SQLException {
    TableShape leftShape = TableShape.of(left, name);
    TableShape rightShape = TableShape.of(right, name);
    if (!leftShape.columns().equals(rightShape.columns())) {
      return new TableJudgement(
          name.toString(),
          count(left, leftShape),
          count(right, rightShape),
          leftShape.columns().isEmpty() || rightShape.columns().isEmpty()
              ? "only one side has the table"
              : "the columns differ");
    }
    return RowStreams.compare(left, right, name, leftShape.copyStatement());
  }

  private static long count(Connection connection, TableShape shape) throws SQLException {
    if (shape.columns().isEmpty()) {
      return 0;
    }
    try (Statement statement = connection.createStatement();
        ResultSet count = statement.executeQuery("SELECT count(*) FROM " + shape.name().quoted())) {
      count.next();
      return count.getLong(1);
    }
  }
}
