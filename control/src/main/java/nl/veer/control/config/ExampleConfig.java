package nl.veer.control.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The commented file that {@code veer init} writes. */
public final class ExampleConfig {
  private ExampleConfig() {}

  public static String text() {
    try (InputStream in = ExampleConfig.class.getResourceAsStream("example-veer.yaml")) {
      if (in == null) {
        throw new IllegalStateException("The example is not in the jar.");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
