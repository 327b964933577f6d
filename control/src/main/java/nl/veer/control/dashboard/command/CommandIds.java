package nl.veer.control.dashboard.command;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Names for commands that no other process has given, nor this one before. */
final class CommandIds {
  private static final int BYTES = 8;
  private static final SecureRandom RANDOM = new SecureRandom();

  private CommandIds() {}

  static String next() {
    byte[] bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
