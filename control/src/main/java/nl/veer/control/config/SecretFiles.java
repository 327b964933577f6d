package nl.veer.control.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * The files that hold a migration's secrets: those that the configuration names with {@code
 * ${file:…}}, and the configuration itself if a property that is a secret by its name stands in it
 * as it is. Where a secret comes from is gone once the configuration is read, so this reads the
 * text.
 */
public final class SecretFiles {
  private static final Pattern SECRET =
      Pattern.compile(
          "(?i).*(password|passphrase|secret|jaas\\.config|user\\.info|keystore\\.key|\\.token)");

  private final Path file;
  private final Set<Path> found = new LinkedHashSet<>();

  private SecretFiles(Path file) {
    this.file = file;
  }

  /** Those of a configuration that {@link ConfigFile} has read. */
  public static List<Path> of(Path file) throws IOException {
    return of(file, Files.readString(file));
  }

  static List<Path> of(Path file, String text) {
    SecretFiles files = new SecretFiles(file);
    files.walk("", YamlTree.of(text));
    return new ArrayList<>(files.found);
  }

  private void walk(String key, Node node) {
    if (node instanceof MappingNode mapping) {
      for (NodeTuple tuple : mapping.getValue()) {
        walk(
            tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "",
            tuple.getValueNode());
      }
    } else if (node instanceof SequenceNode sequence) {
      sequence.getValue().forEach(item -> walk(key, item));
    } else if (node instanceof ScalarNode scalar) {
      value(key, scalar.getValue());
    }
  }

  private void value(String key, String value) {
    List<String> named = References.files(value);
    named.forEach(name -> found.add(file.toAbsolutePath().resolveSibling(name).normalize()));
    if (SECRET.matcher(key).matches() && !References.isIn(value)) {
      found.add(file);
    }
  }
}
