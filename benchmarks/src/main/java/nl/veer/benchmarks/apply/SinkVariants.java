package nl.veer.benchmarks.apply;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nl.veer.benchmarks.contest.Contender;
import nl.veer.benchmarks.contest.Contest;
import nl.veer.benchmarks.ground.Backlog;
import nl.veer.benchmarks.ground.Shape;
import nl.veer.benchmarks.ground.TableBacklog;
import nl.veer.benchmarks.ground.World;
import nl.veer.benchmarks.ground.Writing;

/**
 * Debezium's JDBC sink with several settings.
 *
 * @param settings of each, by name, over those of the plain form
 */
public record SinkVariants(Map<String, Map<String, String>> settings) {
  public SinkVariants {
    settings = new LinkedHashMap<>(settings);
  }

  /**
   * @param variants each {@code name:key=value,key=value}, or {@code name:} for the plain form
   * @throws IllegalArgumentException if one is not
   */
  public static SinkVariants parse(List<String> variants) {
    Map<String, Map<String, String>> settings = new LinkedHashMap<>();
    for (String variant : variants) {
      String[] parts = variant.split(":", 2);
      if (parts.length != 2) {
        throw new IllegalArgumentException("Not name:key=value,...: " + variant);
      }
      settings.put(parts[0], pairs(parts[1]));
    }
    return new SinkVariants(settings);
  }

  private static Map<String, String> pairs(String text) {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (String pair : text.isEmpty() ? new String[0] : text.split(",", -1)) {
      String[] parts = pair.split("=", 2);
      if (parts.length != 2) {
        throw new IllegalArgumentException("Not key=value: " + pair);
      }
      pairs.put(parts[0], parts[1]);
    }
    return pairs;
  }

  /** All of them in turns. */
  public Contest contest(World world, Shape shape, Writing writing, int rounds) {
    Backlog backlog = new TableBacklog(shape, writing);
    List<Contender> contenders =
        settings.entrySet().stream()
            .<Contender>map(
                variant ->
                    new ConnectApply(
                        variant.getKey(),
                        world,
                        backlog,
                        connect -> connect.startSink(variant.getValue())))
            .toList();
    return new Contest(
        "sink, %s, %s".formatted(shape.name(), writing.kind().words()),
        world.servers(),
        contenders,
        1,
        rounds);
  }
}
