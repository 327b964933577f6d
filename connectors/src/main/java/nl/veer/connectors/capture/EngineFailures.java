package nl.veer.connectors.capture;

import java.io.IOException;
import java.sql.SQLException;
import nl.veer.connectors.dialect.postgres.PostgresFailures;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import org.jspecify.annotations.Nullable;

/** Turns what ends Debezium's engine into a {@link Failure}; the only place that does. */
final class EngineFailures {
  private static final String READ = "read the source's log";

  private EngineFailures() {}

  static Failure of(@Nullable Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof Failure failure) {
        return failure;
      }
      if (cause instanceof SQLException error) {
        return PostgresFailures.source(error, READ);
      }
      if (cause instanceof IOException) {
        return broken("SOURCE_UNAVAILABLE", "The connection to the source broke", cause);
      }
      if (cause instanceof Error) {
        return new Failure(
            FailureKind.BUG, "ENGINE_ERROR", "The capture broke: " + cause + ".", cause);
      }
    }
    // Debezium keeps no cause of some refusals. Starting over is safe: the log's tail decides.
    return broken("ENGINE_ENDED", "Debezium's engine ended", thrown);
  }

  private static Failure broken(String code, String what, @Nullable Throwable cause) {
    return new Failure(
        FailureKind.TRANSIENT,
        code,
        what + ": " + (cause == null ? "no reason was given" : cause.getMessage()) + ".",
        cause);
  }
}
