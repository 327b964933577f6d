package nl.veer.connectors.dialect.postgres;

import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import nl.veer.connectors.dialect.NoProcessLeft;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.connectors.failure.TlsRefusal;
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

  /** The server has ended a session that stood still in its transaction, or took too long. */
  private static final Set<String> TIMED_OUT = Set.of("25P03", "25P04");

  /** Access, syntax and names, features, resources, the server's own state: no row values. */
  private static final Set<String> QUOTABLE = Set.of("42", "0A", "53", "55", "57", "28", "3D");

  /** A right that the user has not; whoever granted it once may grant it again. */
  public static final String ACCESS = "ACCESS";

  /** The server's own function behind PL/pgSQL's RAISE. */
  private static final String RAISED = "exec_stmt_raise";

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

  /**
   * Why no connection came about and none will until somebody changes a setting: TLS, a file, an
   * authentication that one side does not offer. Empty for whatever may pass by itself.
   */
  public static Optional<String> refusal(SQLException error) {
    if (serverMessage(error) != null) {
      return Optional.empty();
    }
    String words = String.valueOf(error.getMessage());
    boolean rejected = "08004".equals(error.getSQLState());
    boolean otherHost = words.contains("PgjdbcHostnameVerifier");
    return rejected || otherHost ? Optional.of(words) : TlsRefusal.reason(error);
  }

  private static Failure failure(SQLException error, String doing, FailureKind data, String side) {
    Optional<String> refusal = refusal(error);
    if (refusal.isPresent()) {
      return new Failure(
          FailureKind.CONFIGURATION,
          "TLS_REFUSED",
          "There is no connection to the %s as configured: %s failed (%s). Look at %s.tls,"
                  .formatted(side, doing, refusal.get(), side)
              + " tls-root-cert, tls-cert and tls-key, and at what the server asks for.",
          error);
    }
    if (NoProcessLeft.causes(error)) {
      return new Failure(
          FailureKind.TRANSIENT,
          "RESOURCES",
          "The %s is busy: %s failed, for the server has no process left for another connection."
              .formatted(side, doing),
          error);
    }
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
              "The %s refuses Veer: %s failed (%s: %s). Mend the user, its password or rights, or"
                      .formatted(side, doing, shown(state), said(error))
                  + " the connection's settings; 'veer check' names what is needed.",
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
      case "25" -> TIMED_OUT.contains(state) ? "CONNECTION_LOST" : "READ_ONLY";
      case "28", "3D" -> "LOGIN_REFUSED";
      case "23" -> "CONSTRAINT";
      case "22" -> "VALUE";
      default -> state.equals("42501") ? ACCESS : "STATEMENT";
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
    if (isQuotable(message)) {
      append(names, "server says", message.getMessage());
    }
    return names.toString();
  }

  private static void append(StringBuilder names, String label, @Nullable String name) {
    if (name != null && !name.isEmpty()) {
      names.append(", ").append(label).append(' ').append(name);
    }
  }

  /** What may be told of an error: its words, unless they may quote a row. */
  public static String words(SQLException error) {
    return said(error);
  }

  private static String said(SQLException error) {
    ServerErrorMessage message = serverMessage(error);
    String text = message == null ? error.getMessage() : message.getMessage();
    if (message != null && !isQuotable(message)) {
      return "the server's words are not shown";
    }
    return text == null ? error.getClass().getSimpleName() : text;
  }

  /** A trigger or function may raise any SQLSTATE it likes, with a row in its words. */
  private static boolean isQuotable(ServerErrorMessage message) {
    String state = message.getSQLState();
    boolean raised = RAISED.equals(message.getRoutine());
    return !raised
        && state != null
        && state.length() >= 2
        && QUOTABLE.contains(state.substring(0, 2));
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
