package nl.veer.control.word;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import nl.veer.connectors.event.WaveId;

/**
 * What a word is about, and who says it: of each key the topic keeps the last word.
 *
 * @param wave as configured
 * @param leg its number
 * @param instance the process, or the run within it; says nothing of the host
 */
public record WordKey(WaveId wave, int leg, Speaker speaker, String instance) {
  private static final int INSTANCE_BYTES = 6;
  private static final int PARTS = 5;
  private static final SecureRandom RANDOM = new SecureRandom();

  /** Another one than any before. */
  public static String newInstance() {
    byte[] id = new byte[INSTANCE_BYTES];
    RANDOM.nextBytes(id);
    return HexFormat.of().formatHex(id);
  }

  /** {@code migration/wave/leg/role/instance}, which is the record's key. */
  public String text() {
    return String.join(
        "/", wave.migration(), wave.wave(), Integer.toString(leg), speaker.word(), instance);
  }

  /** Empty if it is not of this form: not one of Veer's, or of a later version. */
  static Optional<WordKey> parse(String text) {
    String[] parts = text.split("/", -1);
    if (parts.length != PARTS || parts[PARTS - 1].isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new WordKey(
              new WaveId(parts[0], parts[1]),
              Integer.parseInt(parts[2]),
              Speaker.of(parts[3]),
              parts[4]));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The same for whichever process says it. */
  WordKey role() {
    return new WordKey(wave, leg, speaker, "");
  }
}
