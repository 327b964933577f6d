package nl.veer.control.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import nl.veer.connectors.dialect.Secret;

/** The types that one scalar of the file becomes, and how each is read. */
final class ScalarValues {
  private final Map<Class<?>, Function<String, Object>> readers;
  private final References references;

  /**
   * @param directory what relative paths are taken from
   */
  ScalarValues(References references, Path directory) {
    this.references = references;
    this.readers =
        Map.of(
            String.class, references::resolve,
            Secret.class, this::secret,
            Path.class, text -> directory.resolve(references.resolve(text)).normalize(),
            Duration.class, Durations::parse,
            Size.class, Size::parse,
            TablePattern.class, TablePattern::new,
            ListenAddress.class, ListenAddress::parse,
            int.class, ScalarValues::integer,
            Integer.class, ScalarValues::integer,
            boolean.class, ScalarValues::bool);
  }

  boolean reads(Class<?> type) {
    return type.isEnum() || readers.containsKey(type);
  }

  /**
   * @throws IllegalArgumentException saying what is wrong with the text
   */
  Object read(Class<?> type, String text) {
    Function<String, Object> reader = readers.get(type);
    return reader == null ? constant(type, text) : reader.apply(text);
  }

  /** The number that bounds are about: milliseconds, bytes or the number itself. */
  static long magnitude(Object value) {
    if (value instanceof Duration duration) {
      return duration.toMillis();
    }
    if (value instanceof Size size) {
      return size.bytes();
    }
    return value instanceof Number number ? number.longValue() : 0;
  }

  private Object secret(String text) {
    if (!References.isReference(text)) {
      throw new IllegalArgumentException(
          "a secret does not belong into this file: write ${env:NAME} or ${file:PATH}");
    }
    return new Secret(references.resolve(text));
  }

  private static Object integer(String text) {
    try {
      return Integer.valueOf(text.replace("_", ""));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + text + "' is not a whole number", e);
    }
  }

  private static Object bool(String text) {
    return switch (text) {
      case "true" -> Boolean.TRUE;
      case "false" -> Boolean.FALSE;
      default -> throw new IllegalArgumentException("'" + text + "' is none of true, false");
    };
  }

  private static Object constant(Class<?> type, String text) {
    List<String> words = Arrays.stream(type.getEnumConstants()).map(ScalarValues::word).toList();
    int found = words.indexOf(text);
    if (found < 0) {
      throw new IllegalArgumentException("'" + text + "' is none of " + String.join(", ", words));
    }
    return type.getEnumConstants()[found];
  }

  /** An enum's constant as the file writes it: {@code verify-full}. */
  static String word(Object constant) {
    return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
