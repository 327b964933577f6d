package nl.veer.verifier.scan.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;

/** Finds the fastest digest that both servers compute alike. */
public final class HashAgreement {
  private static final String UTF8 = "UTF8";

  /** Characters of one to four bytes; where the database cannot hold them, plain ones. */
  private static final String PROBE = "'veer \u00e4 \u20ac \ud834\udd1e probe'";

  private static final String PLAIN_PROBE = "'veer probe'";

  private HashAgreement() {}

  /**
   * @throws Failure CONFIGURATION if the servers agree on none
   */
  public static RowHash of(ScanSession source, ScanSession target, RowHash hash) {
    String encoding = source.ask("reading its encoding", HashAgreement::encoding);
    String other = target.ask("reading its encoding", HashAgreement::encoding);
    String literal = encoding.equals(UTF8) && other.equals(UTF8) ? PROBE : PLAIN_PROBE;
    if (encoding.equals(other) && agree(source, target, hash, literal)) {
      return hash;
    }
    RowHash common = hash.by(RowHash.Method.SHA256);
    if (agree(source, target, common, literal)) {
      return common;
    }
    throw new Failure(
        FailureKind.CONFIGURATION,
        "NO_COMMON_HASH",
        "Source and target compute no digest alike. This is a defect; report it with both servers'"
            + " versions.");
  }

  private static boolean agree(
      ScanSession source, ScanSession target, RowHash hash, String literal) {
    String sql = hash.probe(literal + "::text");
    return source
        .ask("computing a digest", connection -> digest(connection, sql))
        .equals(target.ask("computing a digest", connection -> digest(connection, sql)));
  }

  private static String digest(java.sql.Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1) + " " + row.getString(2);
    }
  }

  private static String encoding(java.sql.Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SHOW server_encoding")) {
      row.next();
      return row.getString(1);
    }
  }
}
