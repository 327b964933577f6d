package nl.veer.connectors.dialect;

import java.sql.SQLException;
import java.time.Duration;
import nl.veer.connectors.failure.TlsRefusal;
import org.postgresql.util.PSQLException;

/**
 * An unbroken series of looks that did not reach the server. One that fails says little: the
 * statement that is waited for may have taken hours already, and the network be away for a second.
 * Only a series that is old enough counts. Owned by one thread at a time.
 */
public final class Outage {
  /** A server that no new connection reaches for so long is taken for lost. */
  private static final Duration LASTING = Duration.ofSeconds(45);

  /** It was reached, and said no. */
  private static final String REJECTED = "08004";

  private static final long NONE = 0;

  /** When the first look of the series failed, on the nano clock. */
  private long since = NONE;

  /** Takes note of a look that did not reach the server. */
  public void missed() {
    missed(System.nanoTime());
  }

  void missed(long now) {
    if (since == NONE) {
      since = now == NONE ? 1 : now;
    }
  }

  /** Takes note of any other look, or that there was nothing to look at. */
  public void end() {
    since = NONE;
  }

  /** Whether the series has taken so long that the server is lost. */
  public boolean isLasting() {
    return isLasting(System.nanoTime());
  }

  boolean isLasting(long now) {
    return since != NONE && now - since >= LASTING.toNanos();
  }

  /**
   * Whether this error says that the server cannot be reached. A server that answers, or refuses
   * TLS or the connection, is there; to be refused says nothing about the sessions that it has.
   */
  public static boolean isUnreachable(SQLException error) {
    String state = error.getSQLState();
    boolean answered = error instanceof PSQLException said && said.getServerErrorMessage() != null;
    return state != null
        && !answered
        && state.startsWith("08")
        && !state.equals(REJECTED)
        && !NoProcessLeft.causes(error)
        && TlsRefusal.reason(error).isEmpty();
  }
}
