package nl.veer.connectors.dialect.postgres;

import java.sql.SQLException;
import java.util.Set;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * The one place where PostgreSQL's errors become failures. The SQLSTATE alone decides. What the
 * server says may quote row values, so its own words are passed on only for classes of errors that
 * are not about values, and their DETAIL never; of all others the state and the names of table,
 * column and constraint. A server's error is not kept as the cause either.
 */
public final class PostgresFailures {
  /** Of the class 55 only these pass by themselves: a lock not available, an object in use. */
  private static final Set<String> LOCKED = Set.of("55P03", "55006");

  /** Access, syntax and names, features, resources, the server's own state: no row values. */
  private static final Set<String> QUOTABLE = Set.of("42", "0A", "53", "55", "57", "28", "3D");

  private PostgresFailures() {}

  /** An error on the target. */
  public static Failure target(SQLException error, String doing) {
    return failure(error, doing, FailureKind.TARGET_DATA, "target");
  }

  /** An error on the source. */
  public static Failure source(SQLException error, String doing) {
    return failure(error, doing, FailureKind.SOURCE_DATA, "source");
  }

  /** Work on a connection, whose errors are the driver's. */
  interface Work<T> {
    T run() throws SQLException;
  }

  /** Does work on the target; its errors are failures. */
  static <T> T onTarget(String doing, Work<T> work) {
    try {
      return work.run();
    } catch (SQLException e) {
      throw target(e, doing);
    }
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
              cause(error));
      case CONFIGURATION ->
          new Failure(
              FailureKind.CONFIGURATION,
              code(state),
              "The %s refuses Veer: %s failed (%s: %s). Mend the user's rights or the connection's"
                      .formatted(side, doing, shown(state), said(error))
                  + " settings; 'veer check' names what is needed.",
              cause(error));
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
      case "", "08", "40", "53", "57", "58", "25" -> FailureKind.TRANSIENT;
      case "55" -> LOCKED.contains(state) ? FailureKind.TRANSIENT : FailureKind.TARGET_DATA;
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
      case "55" -> LOCKED.contains(state) ? "LOCKED" : "STATEMENT";
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
    if (isQuotable(state)) {
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
    if (message != null && !isQuotable(message.getSQLState())) {
      return "the server's words are not shown";
    }
    return text == null ? error.getClass().getSimpleName() : text;
  }

  private static boolean isQuotable(@Nullable String state) {
    return state != null && state.length() >= 2 && QUOTABLE.contains(state.substring(0, 2));
  }

  private static @Nullable SQLException cause(SQLException error) {
    return serverMessage(error) == null ? error : null;
  }

  private static @Nullable ServerErrorMessage serverMessage(SQLException error) {
    return error instanceof PSQLException psql ? psql.getServerErrorMessage() : null;
  }

  private static String shown(String state) {
    return state.isEmpty() ? "no SQLSTATE" : "SQLSTATE " + state;
  }
}
