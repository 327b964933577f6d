package nl.veer.connectors.capture;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * Stands in a row for a TOASTed value that the source's log does not hold. Random for each run of
 * the engine, 128 bits, so that no real value can equal it. Immutable.
 */
final class Placeholder {
  private static final int RANDOM_BYTES = 16;

  private final String text;
  private final byte[] bytes;

  Placeholder(String text) {
    this.text = text;
    this.bytes = text.getBytes(StandardCharsets.US_ASCII);
  }

  static Placeholder random() {
    byte[] random = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(random);
    return new Placeholder("veer-absent-" + HexFormat.of().formatHex(random));
  }

  String text() {
    return text;
  }

  byte[] bytes() {
    return bytes.clone();
  }
}
