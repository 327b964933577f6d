package nl.veer.connectors.capture;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import nl.veer.connectors.dialect.postgres.PostgresFailures;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.connectors.failure.TlsRefusal;
import org.jspecify.annotations.Nullable;

/**
 * Turns what ends Debezium's engine into a {@link Failure}; the only place that does. Only a broken
 * connection is TRANSIENT. What Debezium says itself may hold a row's values, so of that only the
 * classes and their traces are passed on.
 */
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
      Optional<String> refusal = TlsRefusal.reason(cause);
      if (refusal.isPresent()) {
        return failure(
            FailureKind.CONFIGURATION,
            "TLS_REFUSED",
            "There is no TLS with the source any more: " + refusal.get(),
            cause);
      }
      if (isConnection(cause)) {
        return failure(
            FailureKind.TRANSIENT,
            "SOURCE_UNAVAILABLE",
            "The connection to the source broke",
            cause);
      }
      if (cause instanceof InterruptedException) {
        return failure(FailureKind.TRANSIENT, "ENGINE_INTERRUPTED", "The capture broke off", cause);
      }
      if (cause instanceof OutOfMemoryError) {
        return failure(
            FailureKind.CONFIGURATION,
            "OUT_OF_MEMORY",
            "The heap is too small for a row that the source sends; raise -Xmx, the operator's"
                + " guide says by how much",
            cause);
      }
      if (cause instanceof Error) {
        return failure(FailureKind.BUG, "ENGINE_ERROR", "The capture broke; report this", cause);
      }
    }
    return thrown == null ? endedUnasked() : refused(root(thrown));
  }

  /** The engine ended well, but nobody had asked it to. */
  static Failure endedUnasked() {
    return new Failure(
        FailureKind.TRANSIENT,
        "ENGINE_ENDED",
        "Debezium's engine ended, though nobody asked for it. It is started again.");
  }

  /** Looked at again, ever more seldom: the log's tail makes starting over safe. */
  private static Failure refused(Throwable cause) {
    StackTraceElement[] trace = cause.getStackTrace();
    return failure(
        FailureKind.SOURCE_DATA,
        "ENGINE_REFUSED",
        "Debezium refuses what the source has sent or answered"
            + (trace.length == 0 ? "" : " (in " + trace[0] + ")")
            + ". Veer's log file has Debezium's own words; report this",
        cause);
  }

  private static boolean isConnection(Throwable cause) {
    return cause.getClass() == IOException.class
        || cause instanceof SocketException
        || cause instanceof java.net.SocketTimeoutException
        || cause instanceof UnknownHostException
        || cause instanceof EOFException
        || cause instanceof ClosedChannelException
        || cause instanceof SSLException
        || cause instanceof TimeoutException;
  }

  private static Throwable root(Throwable thrown) {
    Throwable root = thrown;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  private static Failure failure(FailureKind kind, String code, String what, Throwable cause) {
    return new Failure(
        kind, code, what + " (" + cause.getClass().getSimpleName() + ").", withoutMessage(cause));
  }

  /** The same trace without the message. */
  static Throwable withoutMessage(Throwable cause) {
    RuntimeException bare = new RuntimeException(cause.getClass().getName());
    bare.setStackTrace(cause.getStackTrace());
    return bare;
  }
}
