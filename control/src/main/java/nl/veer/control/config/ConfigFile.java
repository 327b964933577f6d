package nl.veer.control.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/** Reads {@code veer.yaml}. */
public final class ConfigFile {
  private ConfigFile() {}

  /**
   * The migration that the file describes.
   *
   * @param environment what {@code ${env:NAME}} is looked up in
   * @throws Failure CONFIGURATION naming every problem of the file, each with its line and path
   */
  public static VeerConfig read(Path file, Map<String, String> environment) {
    String text;
    try {
      text = Files.readString(file);
    } catch (IOException e) {
      throw new Failure(
          FailureKind.CONFIGURATION,
          "CONFIG_FILE",
          "Cannot read " + file + ". Name the file with --config, or write one with: veer init",
          e);
    }
    Path directory = file.toAbsolutePath().getParent();
    return parse(text, file.toString(), directory == null ? Path.of("/") : directory, environment);
  }

  static VeerConfig parse(
      String text, String file, Path directory, Map<String, String> environment) {
    RecordBinder binder =
        new RecordBinder(new ScalarValues(new References(environment, directory), directory));
    try {
      Object config = binder.record(VeerConfig.class, YamlTree.of(text), "");
      if (config != null) {
        return (VeerConfig) config;
      }
    } catch (MarkedYAMLException e) {
      Mark mark = e.getProblemMark();
      int line = mark == null ? 1 : mark.getLine() + 1;
      throw failure(file, List.of(new ConfigProblem("", line, "not YAML: " + e.getProblem())));
    } catch (YAMLException e) {
      throw failure(file, List.of(new ConfigProblem("", 1, "not YAML: " + e.getMessage())));
    }
    throw failure(file, binder.problems());
  }

  private static Failure failure(String file, List<ConfigProblem> problems) {
    String lines =
        problems.stream()
            .sorted(java.util.Comparator.comparingInt(ConfigProblem::line))
            .map(problem -> "\n  " + problem.describe(file))
            .collect(Collectors.joining());
    String count = problems.size() == 1 ? "1 problem" : problems.size() + " problems";
    return new Failure(FailureKind.CONFIGURATION, "CONFIG", file + " has " + count + ":" + lines);
  }
}
