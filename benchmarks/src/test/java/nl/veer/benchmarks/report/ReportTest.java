package nl.veer.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nl.veer.benchmarks.contest.Figure;
import nl.veer.benchmarks.contest.Standings;
import nl.veer.benchmarks.contest.Trial;
import nl.veer.benchmarks.cost.Machine;
import nl.veer.benchmarks.cost.Usage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
  private final Standings standings = standings();

  private static Standings standings() {
    Map<String, List<Trial>> trials = new LinkedHashMap<>();
    trials.put("veer", List.of(trial(2_000_000, 1, 3), trial(1_000_000, 1, 3)));
    trials.put("other", List.of(trial(1_000_000, 1, 1), trial(1_000_000, 1, 1)));
    return new Standings("load, narrow", trials, List.of("veer"));
  }

  private static Trial trial(long rows, double seconds, double cpu) {
    return new Trial(
        rows,
        seconds,
        Map.of(Figure.ROWS, rows / seconds),
        List.of(new Usage("tool", cpu, 100 << 20), new Usage("source", 0, 0)));
  }

  @Test
  void tellsSpeedsRatiosAndCosts() {
    assertThat(TextReport.lines(standings))
        .map(line -> line.strip().replaceAll(" {2,}", " | "))
        .containsExactly(
            "load, narrow",
            "veer | 1,500,000 | (1,000,000 – 2,000,000) rows/s",
            "other | 1,000,000 | (1,000,000 – 1,000,000) rows/s",
            "veer : other | 1.50 | (1.00 – 2.00)",
            "CPU s per million rows, veer | tool 2.25, source 0.00",
            "peak MB, veer | tool 100",
            "CPU s per million rows, other | tool 1.00, source 0.00",
            "peak MB, other | tool 100");
  }

  @Test
  void keepsEachTurnAsJson(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("bench.json");

    JsonReport.write(file, Machine.here(), Instant.EPOCH, List.of(standings));

    JsonNode root = new ObjectMapper().readTree(file.toFile());
    assertThat(root.path("at").asText()).isEqualTo("1970-01-01T00:00:00Z");
    assertThat(root.path("machine").path("cores").asInt()).isPositive();
    JsonNode contest = root.path("contests").path(0);
    assertThat(contest.path("contenders").path(0).path("trials")).hasSize(2);
    assertThat(contest.path("contenders").path(0).path("figures").path("rows/s").path("most"))
        .hasToString("2000000.0");
    assertThat(contest.path("ratios").path(0).path("median").asDouble()).isEqualTo(1.5);
    assertThat(contest.path("contenders").path(1).path("trials").path(0).path("usage").path(0))
        .hasToString("{\"party\":\"tool\",\"seconds\":1.0,\"peakBytes\":104857600}");
  }
}
