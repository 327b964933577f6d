package nl.veer.control.security;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * Words that stand nowhere else, put where secrets and row values are, to be looked for where they
 * must not be. Each is looked for as it is, in Base64 and in hexadecimal digits.
 */
final class Canaries {
  static final String SOURCE_PASSWORD = "CanarySecretSource4711";
  static final String TARGET_PASSWORD = "CanarySecretTarget4712";
  static final String REGISTRY_USER = "canary:CanarySecretRegistry4713";
  static final String JAAS_PASSWORD = "CanarySecretJaas4714";
  static final String KEY_PASSWORD = "CanarySecretKey4715";
  static final String STORE_PASSWORD = "CanarySecretStore4716";
  static final String WRONG_PASSWORD = "CanarySecretWrong4717";

  static final String KEY = "CanaryRowKey4721";
  static final String EMAIL = "CanaryRowEmail4722";
  static final String NOTE = "CanaryRowNote4723";
  static final String NUMBER = "918273645546372819";
  static final String DEFAULT = "CanaryRowDefault4725";
  static final String LONG = "CanaryRowLong4726";
  static final String ODD = "CanaryRowOdd4727";

  private static final List<String> SECRETS =
      List.of(
          SOURCE_PASSWORD,
          TARGET_PASSWORD,
          REGISTRY_USER,
          "CanarySecretRegistry4713",
          JAAS_PASSWORD,
          KEY_PASSWORD,
          STORE_PASSWORD,
          WRONG_PASSWORD);
  private static final List<String> ROWS = List.of(KEY, EMAIL, NOTE, NUMBER, DEFAULT, LONG, ODD);

  private Canaries() {}

  /** Those that the text holds, in any form; a long word's beginning is enough. */
  static List<String> in(String text) {
    List<String> found = new ArrayList<>();
    SECRETS.stream().filter(canary -> holds(text, canary)).forEach(found::add);
    ROWS.stream().filter(canary -> holds(text, canary)).forEach(found::add);
    return found;
  }

  private static boolean holds(String text, String canary) {
    byte[] bytes = canary.getBytes(StandardCharsets.UTF_8);
    // The last group of a word in Base64 depends on what follows it.
    String base64 = Base64.getEncoder().encodeToString(bytes);
    return text.contains(canary)
        || text.contains(base64.substring(0, base64.length() / 4 * 4 - 4))
        || text.contains(HexFormat.of().formatHex(bytes));
  }
}
