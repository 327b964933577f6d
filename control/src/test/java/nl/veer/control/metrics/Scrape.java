package nl.veer.control.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Prometheus' text, read by somebody who does not know who wrote it. */
public record Scrape(String text) {

  /** All lines of a metric. */
  public List<String> lines(String name) {
    return text.lines()
        .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
        .toList();
  }

  public List<Double> values(String name) {
    return lines(name).stream().map(Scrape::value).toList();
  }

  private static double value(String line) {
    return Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
  }

  /** The one value of a metric; of those with these labels, given as name and value in turn. */
  public double value(String name, String... labels) {
    List<String> found =
        lines(name).stream()
            .filter(
                line -> {
                  for (int i = 0; i < labels.length; i += 2) {
                    if (!line.contains(labels[i] + "=\"" + labels[i + 1] + "\"")) {
                      return false;
                    }
                  }
                  return true;
                })
            .toList();
    assertThat(found).as("lines of " + name).hasSize(1);
    return value(found.get(0));
  }

  /** The names of all metrics. */
  public Set<String> names() {
    Set<String> names = new TreeSet<>();
    text.lines()
        .filter(line -> !line.startsWith("#"))
        .forEach(line -> names.add(line.split("[{ ]", 2)[0]));
    return names;
  }
}
