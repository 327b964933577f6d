package nl.veer.verifier.record;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Objects;

/** What the audit log finds out about this process, and texts that every database can keep. */
final class AuditText {
  private AuditText() {}

  /** {@code user@host process 4711}: the operating system's words. */
  static String process() {
    return "%s@%s process %d"
        .formatted(
            Objects.requireNonNullElse(System.getProperty("user.name"), "?"),
            host(),
            ProcessHandle.current().pid());
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      // The machine's name has no address; the target's own view of the address is kept as well.
      return "?";
    }
  }

  /**
   * The text with whatever may not be storable or not be shown as <code>\</code><code>uXXXX</code>:
   * control characters and halves of pairs, and where the database knows few characters, all but
   * ASCII. Otherwise an entry could fail for its words.
   */
  static String storable(String text, boolean all) {
    StringBuilder storable = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            point -> {
              boolean half = point >= 0xD800 && point <= 0xDFFF;
              if (Character.isISOControl(point) || half || (!all && point > 0x7E)) {
                for (char unit : Character.toChars(point)) {
                  storable.append("\\u%04x".formatted((int) unit));
                }
              } else {
                storable.appendCodePoint(point);
              }
            });
    return storable.toString();
  }
}
