package nl.veer.control.dashboard.route;

import java.util.List;
import nl.veer.control.dashboard.work.Refused;
import nl.veer.control.dashboard.work.Refused.Why;
import org.jspecify.annotations.Nullable;

/**
 * A part of a question.
 *
 * @param inPath whether it stands in the path; such a one is always given
 * @param words what it is, as the OpenAPI document says it
 * @param byDefault what stands in for it; null if nothing does
 * @param min of a number
 * @param max of a number, or of a text's characters
 * @param choices of which it must be one; empty if it is not a choice
 */
public record Parameter(
    String name,
    boolean inPath,
    Kind kind,
    String words,
    @Nullable String byDefault,
    long min,
    long max,
    List<String> choices) {
  /** PostgreSQL's names have 63 bytes, and a table's has a schema in front. */
  static final int NAME = 512;

  /** More does not go through a request's line. */
  private static final int COLUMNS = 4_096;

  /** How it is written. */
  public enum Kind {
    TEXT,
    NUMBER,
    FLAG
  }

  public Parameter {
    choices = List.copyOf(choices);
  }

  /** A name in the path. */
  public static Parameter path(String name, String words) {
    return new Parameter(name, true, Kind.TEXT, words, null, 1, NAME, List.of());
  }

  /** A text that may be left out. */
  public static Parameter text(String name, String words) {
    return new Parameter(name, false, Kind.TEXT, words, null, 1, NAME, List.of());
  }

  /** Names of columns that may be left out; a table has up to 1,600. */
  public static Parameter columns(String name, String words) {
    return new Parameter(name, false, Kind.TEXT, words, null, 1, COLUMNS, List.of());
  }

  /** One of some words, that may be left out. */
  public static Parameter choice(String name, String words, List<String> choices) {
    return new Parameter(name, false, Kind.TEXT, words, null, 1, NAME, choices);
  }

  /** One of some words. */
  public static Parameter choice(
      String name, String words, List<String> choices, String byDefault) {
    return new Parameter(name, false, Kind.TEXT, words, byDefault, 1, NAME, choices);
  }

  /** A whole number. */
  public static Parameter number(String name, String words, long byDefault, long min, long max) {
    return new Parameter(
        name, false, Kind.NUMBER, words, String.valueOf(byDefault), min, max, List.of());
  }

  /** {@code true} or {@code false}, which it is by default. */
  public static Parameter flag(String name, String words) {
    return new Parameter(name, false, Kind.FLAG, words, "false", 0, 0, List.of());
  }

  /**
   * @throws Refused if it is not as it must be
   */
  void check(String value) {
    switch (kind) {
      case TEXT -> checkText(value);
      case NUMBER -> checkNumber(value);
      case FLAG -> {
        if (!value.equals("true") && !value.equals("false")) {
          throw wrong("is true or false");
        }
      }
    }
  }

  private void checkText(String value) {
    if (value.length() < min || value.length() > max) {
      throw wrong("has %d to %d characters".formatted(min, max));
    }
    if (value.codePoints().anyMatch(Character::isISOControl)) {
      throw wrong("has no control characters");
    }
    if (!choices.isEmpty() && !choices.contains(value)) {
      throw wrong("is one of " + String.join(", ", choices));
    }
  }

  private void checkNumber(String value) {
    try {
      long number = Long.parseLong(value);
      if (number >= min && number <= max) {
        return;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw wrong("is a whole number from %d to %d".formatted(min, max));
  }

  private Refused wrong(String what) {
    return new Refused(Why.WRONG, "PARAMETER", "The parameter %s %s.".formatted(name, what));
  }
}
