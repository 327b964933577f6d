package nl.veer.control.dashboard.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files that pages need: those that stand beside this class in the jar, and those of the
 * libraries' WebJars that are named here. Nothing is loaded from elsewhere.
 */
public final class Assets {
  private static final Pattern NAME =
      Pattern.compile("/assets/((?:[a-z]{1,20}/)?[a-z0-9][a-z0-9-]{0,63}\\.(css|js|svg))");

  private static final Pattern LIBRARY =
      Pattern.compile(
          "/assets/lib/(lit-html|uplot)/((?:directives/)?[A-Za-z][A-Za-z.-]{0,63}\\.(css|js))");

  /** Where each library's files begin, in its WebJar. */
  private static final Map<String, String> WEBJARS =
      Map.of("lit-html", "lit-html/3.3.0/", "uplot", "uplot/1.6.30/dist/");

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
    Matcher library = LIBRARY.matcher(path);
    if (library.matches()) {
      return read(
          "/META-INF/resources/webjars/" + WEBJARS.get(library.group(1)) + library.group(2),
          library.group(3));
    }
    Matcher name = NAME.matcher(path);
    return name.matches() ? read(name.group(1), name.group(2)) : Optional.empty();
  }

  private static Optional<Asset> read(String resource, String kind) {
    try (InputStream in = Assets.class.getResourceAsStream(resource)) {
      return in == null
          ? Optional.empty()
          : Optional.of(new Asset(MEDIA_TYPES.getOrDefault(kind, ""), in.readAllBytes()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
