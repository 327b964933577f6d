package nl.veer.benchmarks.connect;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * What a connector and its tasks do.
 *
 * @param running whether the connector and at least one task run, and nothing else is there
 * @param traces of the connector and the tasks that failed
 */
record ConnectorStatus(boolean running, List<String> traces) {
  static final ConnectorStatus NONE = new ConnectorStatus(false, List.of());

  ConnectorStatus {
    traces = List.copyOf(traces);
  }

  /** Reads the answer to {@code GET /connectors/NAME/status}. */
  static ConnectorStatus of(JsonNode answer) {
    List<JsonNode> parts = new ArrayList<>();
    answer.path("tasks").forEach(parts::add);
    boolean hasTasks = !parts.isEmpty();
    parts.add(answer.path("connector"));
    return new ConnectorStatus(
        hasTasks && parts.stream().allMatch(part -> is(part, "RUNNING")),
        parts.stream()
            .filter(part -> is(part, "FAILED"))
            .map(part -> part.path("trace").asText("(no trace)"))
            .toList());
  }

  private static boolean is(JsonNode part, String state) {
    return part.path("state").asText().equals(state);
  }
}
