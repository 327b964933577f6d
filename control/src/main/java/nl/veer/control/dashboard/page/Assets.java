package nl.veer.control.dashboard.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files that pages need: whatever stands beside this class in the jar, by its plain name.
 * Nothing is loaded from elsewhere.
 */
public final class Assets {
  private static final Pattern NAME =
      Pattern.compile("/assets/([a-z0-9][a-z0-9-]{0,63}\\.(css|js|svg))");

  private static final Map<String, String> MEDIA_TYPES =
      Map.of(
          "css", "text/css;charset=utf-8",
          "js", "text/javascript;charset=utf-8",
          "svg", "image/svg+xml");

  private Assets() {}

  /** A file. */
  public record Asset(String mediaType, byte[] bytes) {}

  /** The file at this path; empty if there is none. */
  public static Optional<Asset> find(String path) {
    Matcher name = NAME.matcher(path);
    if (!name.matches()) {
      return Optional.empty();
    }
    try (InputStream in = Assets.class.getResourceAsStream(name.group(1))) {
      return in == null
          ? Optional.empty()
          : Optional.of(new Asset(MEDIA_TYPES.getOrDefault(name.group(2), ""), in.readAllBytes()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
