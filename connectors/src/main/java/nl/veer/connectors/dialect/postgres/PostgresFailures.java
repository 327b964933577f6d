package nl.veer.connectors.dialect.postgres;

import java.sql.SQLException;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * The one place where PostgreSQL's errors become failures. The SQLSTATE alone decides. What the
 * server says about data (classes 22 and 23) holds row values, so of that only the state and the
 * names of table, column and constraint are passed on.
 */
public final class PostgresFailures {
  private PostgresFailures() {}

  /** An error on the target. */
  public static Failure target(SQLException error, String doing) {
    return failure(error, doing, FailureKind.TARGET_DATA, "target");
  }

  /** An error on the source. */
  public static Failure source(SQLException error, String doing) {
    return failure(error, doing, FailureKind.SOURCE_DATA, "source");
  }

  private static Failure failure(SQLException error, String doing, FailureKind data, String side) {
    String state = error.getSQLState() == null ? "" : error.getSQLState();
    return switch (kind(state)) {
      case TRANSIENT ->
          new Failure(
              FailureKind.TRANSIENT,
              code(state),
              "The %s is away or busy: %s failed (%s: %s)."
                  .formatted(side, doing, shown(state), said(error)),
              error);
      case CONFIGURATION ->
          new Failure(
              FailureKind.CONFIGURATION,
              code(state),
              "The %s refuses Veer: %s failed (%s: %s). Mend the user's rights or the connection's"
                      .formatted(side, doing, shown(state), said(error))
                  + " settings; 'veer check' names what is needed.",
              error);
      default ->
          new Failure(
              data,
              code(state),
              "The %s does not take it: %s failed (%s%s)."
                  .formatted(side, doing, shown(state), names(error, state)));
    };
  }

  private static FailureKind kind(String state) {
    String stateClass = state.length() < 2 ? "" : state.substring(0, 2);
    return switch (stateClass) {
      case "", "08", "40", "53", "55", "57", "58", "25" -> FailureKind.TRANSIENT;
      case "28", "3D" -> FailureKind.CONFIGURATION;
      default -> state.equals("42501") ? FailureKind.CONFIGURATION : FailureKind.TARGET_DATA;
    };
  }

  private static String code(String state) {
    String stateClass = state.length() < 2 ? "" : state.substring(0, 2);
    return switch (stateClass) {
      case "", "08", "57" -> "CONNECTION_LOST";
      case "40" -> "SERIALIZATION";
      case "53", "58" -> "RESOURCES";
      case "55" -> "LOCKED";
      case "25" -> "READ_ONLY";
      case "28", "3D" -> "ACCESS";
      case "23" -> "CONSTRAINT";
      case "22" -> "VALUE";
      default -> state.equals("42501") ? "ACCESS" : "STATEMENT";
    };
  }

  private static String names(SQLException error, String state) {
    ServerErrorMessage message = serverMessage(error);
    if (message == null) {
      return "";
    }
    StringBuilder names = new StringBuilder();
    append(names, "table", message.getTable());
    append(names, "column", message.getColumn());
    append(names, "constraint", message.getConstraint());
    if (!state.startsWith("22") && !state.startsWith("23")) {
      append(names, "server says", message.getMessage());
    }
    return names.toString();
  }

  private static void append(StringBuilder names, String label, @Nullable String name) {
    if (name != null && !name.isEmpty()) {
      names.append(", ").append(label).append(' ').append(name);
    }
  }

  private static String said(SQLException error) {
    ServerErrorMessage message = serverMessage(error);
    String text = message == null ? error.getMessage() : message.getMessage();
    return text == null ? error.getClass().getSimpleName() : text;
  }

  private static @Nullable ServerErrorMessage serverMessage(SQLException error) {
    return error instanceof PSQLException psql ? psql.getServerErrorMessage() : null;
  }

  private static String shown(String state) {
    return state.isEmpty() ? "no SQLSTATE" : "SQLSTATE " + state;
  }
}
