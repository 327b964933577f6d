package nl.veer.benchmarks.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import nl.veer.benchmarks.contest.Figure;
import nl.veer.benchmarks.contest.Spread;
import nl.veer.benchmarks.contest.Standings;
import nl.veer.benchmarks.contest.Trial;
import nl.veer.benchmarks.cost.Machine;

/** All that was measured, each turn of it, as JSON. */
public final class JsonReport {
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private JsonReport() {}

  /**
   * Writes it to a file.
   *
   * @throws IOException if the file cannot be written
   */
  public static void write(Path file, Machine machine, Instant at, List<Standings> all)
      throws IOException {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("at", at.toString());
    root.set("machine", MAPPER.valueToTree(machine));
    ArrayNode contests = root.putArray("contests");
    all.forEach(standings -> contests.add(contest(standings)));
    MAPPER.writeValue(file.toFile(), root);
  }

  private static ObjectNode contest(Standings standings) {
    ObjectNode contest = MAPPER.createObjectNode();
    contest.put("name", standings.contest());
    ArrayNode contenders = contest.putArray("contenders");
    for (String name : standings.contenders()) {
      ObjectNode contender = contenders.addObject();
      contender.put("name", name);
      ObjectNode figures = contender.putObject("figures");
      for (Figure figure : standings.figures(name)) {
        figures.set(figure.name(), spread(standings.of(name, figure)));
      }
      ArrayNode trials = contender.putArray("trials");
      standings.trials().get(name).forEach(trial -> trials.add(trial(trial)));
    }
    ArrayNode ratios = contest.putArray("ratios");
    for (Standings.Ratio ratio : standings.ratios()) {
      ratios
          .addObject()
          .put("of", ratio.of())
          .put("by", ratio.by())
          .put("figure", ratio.figure().name())
          .setAll(spread(ratio.spread()));
    }
    return contest;
  }

  private static ObjectNode trial(Trial trial) {
    ObjectNode node = MAPPER.createObjectNode();
    node.put("rows", trial.rows()).put("seconds", trial.seconds());
    ObjectNode figures = node.putObject("figures");
    trial.figures().forEach((figure, value) -> figures.put(figure.name(), value));
    node.set("usage", MAPPER.valueToTree(trial.usage()));
    return node;
  }

  private static ObjectNode spread(Spread spread) {
    return MAPPER
        .createObjectNode()
        .put("median", spread.median())
        .put("least", spread.least())
        .put("most", spread.most());
  }
}
