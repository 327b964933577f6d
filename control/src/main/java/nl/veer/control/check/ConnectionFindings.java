package nl.veer.control.check;

import java.sql.SQLException;
import nl.veer.connectors.dialect.postgres.PostgresFailures;
import nl.veer.control.config.DatabaseConfig;

/**
 * Judges why a database did not let Veer in: what to change, in the file or on the server. Pure.
 */
final class ConnectionFindings {
  private ConnectionFindings() {}

  static Finding of(String side, DatabaseConfig database, SQLException error) {
    return Finding.error(
        side.equals("source") ? "SOURCE_UNREACHABLE" : "TARGET_UNREACHABLE",
        side,
        "Could not be looked at as %s at %s: %s"
            .formatted(database.user(), database.url(), PostgresFailures.words(error)),
        remedy(side, database, error));
  }

  private static String remedy(String side, DatabaseConfig database, SQLException error) {
    if (PostgresFailures.refusal(error).isPresent()) {
      return "Check %s.tls, tls-root-cert, tls-cert, tls-key and the host's name in url."
          .formatted(side);
    }
    String state = String.valueOf(error.getSQLState());
    return switch (state) {
      case "28P01" -> "Check %s.user and %s.password.".formatted(side, side);
      case "28000" ->
          ("A line of the server's pg_hba.conf must let %s in from here; if it asks for a"
                  + " certificate: %s.tls-cert and tls-key.")
              .formatted(database.user(), side);
      case "3D000" -> "Check the database's name in %s.url.".formatted(side);
      case "42501" ->
          "GRANT CONNECT ON DATABASE … TO %s;".formatted(SourceFindings.quote(database.user()));
      case "53300" ->
          "All of the server's connections are taken: end some, or raise its max_connections.";
      default ->
          "Check %s.url: does the server run, and is it reachable from here?".formatted(side);
    };
  }
}
