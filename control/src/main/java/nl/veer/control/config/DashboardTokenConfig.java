package nl.veer.control.config;

import java.util.Locale;
import java.util.regex.Pattern;

/** Somebody whom the dashboard knows. */
public record DashboardTokenConfig(
    @Setting(
            value =
                "Whose token it is: 1 to 24 characters of a-z, 0-9 and _, beginning with a letter.",
            name = true)
        String name,
    @Setting(
            value = "What the owner may do; each role may do what those before may.",
            byDefault = "viewer")
        DashboardRole role,
    @Setting(
            "The token's SHA-256, 64 hexadecimal digits, as `veer dashboard --new-token` prints it"
                + " beside the token. Of a word that somebody has thought out that is no protection.")
        String sha256) {
  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

  public DashboardTokenConfig {
    sha256 = sha256.toLowerCase(Locale.ROOT);
    if (!DIGEST.matcher(sha256).matches()) {
      throw new IllegalArgumentException(
          "sha256: must be 64 hexadecimal digits; make a token and its SHA-256 with: veer dashboard"
              + " --new-token");
    }
  }
}
