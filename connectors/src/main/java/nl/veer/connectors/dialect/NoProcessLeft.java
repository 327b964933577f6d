package nl.veer.connectors.dialect;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL server could not start a process for a new connection. It says so before it has read
 * anything of it, in a form that drivers take for a refusal of TLS, or for a message of gigabytes.
 * It passes, and says nothing of the sessions that the server has.
 */
public final class NoProcessLeft extends IOException {
  private static final long serialVersionUID = 1L;

  NoProcessLeft() {
    super("the server has no process left for another connection");
  }

  /**
   * Whether an answer's first bytes say so: {@code E} and a text. In the protocol of today an
   * {@code E} is followed by a length, whose first byte is zero.
   */
  static boolean isSaidBy(byte[] answer, int offset, int length) {
    return length > 1 && answer[offset] == 'E' && answer[offset + 1] != 0;
  }

  /** Whether this is what an error comes from. */
  public static boolean causes(@Nullable Throwable error) {
    return error != null && (error instanceof NoProcessLeft || causes(error.getCause()));
  }
}
