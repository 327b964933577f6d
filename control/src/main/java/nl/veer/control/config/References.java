package nl.veer.control.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces {@code ${env:NAME}} and {@code ${file:PATH}} in a value by what they stand for. A path
 * is taken from the configuration file's directory; one line end at the end of a file is left out.
 */
final class References {
  private static final Pattern REFERENCE = Pattern.compile("\\$\\{(env|file):([^}]+)}");

  private final Map<String, String> environment;
  private final Path directory;

  References(Map<String, String> environment, Path directory) {
    this.environment = Map.copyOf(environment);
    this.directory = directory;
  }

  /** Whether the value is nothing but one reference, as a secret must be. */
  static boolean isReference(String value) {
    return REFERENCE.matcher(value).matches();
  }

  /** Whether there is a reference in the value. */
  static boolean isIn(String value) {
    return REFERENCE.matcher(value).find();
  }

  /** The files that the value refers to, as it names them. */
  static List<String> files(String value) {
    return REFERENCE
        .matcher(value)
        .results()
        .filter(reference -> reference.group(1).equals("file"))
        .map(reference -> reference.group(2))
        .toList();
  }

  /**
   * @throws IllegalArgumentException naming the variable or file that is not there
   */
  String resolve(String value) {
    Matcher reference = REFERENCE.matcher(value);
    StringBuilder resolved = new StringBuilder();
    while (reference.find()) {
      String found =
          reference.group(1).equals("env")
              ? variable(reference.group(2))
              : file(reference.group(2));
      reference.appendReplacement(resolved, Matcher.quoteReplacement(found));
    }
    return reference.appendTail(resolved).toString();
  }

  private String variable(String name) {
    String found = environment.get(name);
    if (found == null) {
      throw new IllegalArgumentException("the environment variable " + name + " is not set");
    }
    return found;
  }

  private String file(String name) {
    try {
      return Files.readString(directory.resolve(name)).replaceFirst("\\R\\z", "");
    } catch (IOException e) {
      throw new IllegalArgumentException("the file " + name + " cannot be read", e);
    }
  }
}
