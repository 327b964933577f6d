package nl.veer.connectors.dialect.postgres;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A transaction that holds a lock on tables. Equal to another one only if it is the same
 * transaction of the same session.
 *
 * @param transaction the server's own name of it
 * @param pid of its session; 0 if it is prepared, and so has none
 * @param gid by which it was prepared; null if it is not
 * @param since when it began, or was prepared; null if the server does not tell this role
 * @param application what its session calls itself; may be empty
 * @param user its role
 */
public record Writer(
    String transaction,
    int pid,
    @Nullable String gid,
    @Nullable Instant since,
    String application,
    String user) {

  /** For people, with what ends it. */
  public String told() {
    String begun = since == null ? "" : " since " + since;
    if (gid != null) {
      return "the prepared transaction %s of %s%s (COMMIT PREPARED or ROLLBACK PREPARED ends it)"
          .formatted(PostgresNames.literal(gid), user, begun);
    }
    if (pid == 0) {
      return "a prepared transaction%s (see pg_prepared_xacts)".formatted(begun);
    }
    return "session %d%s of %s, in a transaction%s"
        .formatted(pid, application.isEmpty() ? "" : " (" + application + ")", user, begun);
  }
}
