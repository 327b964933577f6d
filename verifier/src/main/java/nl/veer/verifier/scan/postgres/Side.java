package nl.veer.verifier.scan.postgres;

import java.sql.SQLException;
import nl.veer.connectors.dialect.postgres.PostgresFailures;
import nl.veer.connectors.failure.Failure;

/** Which of the two. */
public enum Side {
  SOURCE,
  TARGET;

  Failure failure(SQLException error, String doing) {
    return this == SOURCE
        ? PostgresFailures.source(error, doing)
        : PostgresFailures.target(error, doing);
  }
}
