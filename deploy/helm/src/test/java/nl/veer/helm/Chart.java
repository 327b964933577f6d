package nl.veer.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The chart, with values of its own, as Helm sees it. */
final class Chart {
  private static final Path CHART = Path.of("veer");

  /** Helm would else render for the one that it was built with. */
  private static final String KUBERNETES = "1.31.0";

  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  private final Path directory;

  private Chart(Path directory) {
    this.directory = directory;
  }

  /**
   * A copy of the chart whose defaults are these values, laid over its own.
   *
   * @param directory an empty one
   */
  static Chart with(JsonNode values, Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(CHART)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = directory.resolve("veer").resolve(CHART.relativize(file));
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
    Path defaults = directory.resolve("veer").resolve("values.yaml");
    JsonNode all = YAML.readTree(defaults.toFile());
    lay((ObjectNode) all, values);
    YAML.writeValue(defaults.toFile(), all);
    return new Chart(directory.resolve("veer"));
  }

  /** One of the sets of values in {@code ci}. */
  static ObjectNode values(String set) throws IOException {
    return (ObjectNode) YAML.readTree(CHART.resolve("ci").resolve(set + "-values.yaml").toFile());
  }

  static JsonNode yaml(String text) throws IOException {
    return YAML.readTree(text);
  }

  static void lay(ObjectNode base, JsonNode over) {
    over.fieldNames()
        .forEachRemaining(
            name -> {
              if (base.get(name) instanceof ObjectNode below && over.get(name).isObject()) {
                lay(below, over.get(name));
              } else {
                base.set(name, over.get(name));
              }
            });
  }

  LintResult lint() {
    return new Helm(directory).lint().strict().call();
  }

  /** What would be sent to the cluster, in its order. */
  List<JsonNode> render() throws IOException {
    String manifests =
        new Helm(directory)
            .template()
            .withName("veer")
            .withNamespace("shop")
            .withKubeVersion(KUBERNETES)
            .call();
    List<JsonNode> objects = new ArrayList<>();
    try (MappingIterator<JsonNode> all = YAML.readerFor(JsonNode.class).readValues(manifests)) {
      while (all.hasNext()) {
        JsonNode next = all.next();
        if (next != null && next.isObject()) {
          objects.add(next);
        }
      }
    }
    return objects;
  }
}
