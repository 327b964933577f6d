package nl.veer.control.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoIT {
  @TempDir private Path directory;

  @Test
  void aLiveShopIsCarriedOverAndFoundEqual() throws Exception {
    Path report = directory.resolve("report.json");
    StringWriter out = new StringWriter();

    int code =
        Veer.commandLine()
            .setOut(new PrintWriter(out, true))
            .execute(
                "demo",
                "--seconds",
                "8",
                "--rate",
                "100",
                "--rows",
                "20000",
                "--report",
                report.toString());

    assertThat(code).as(out.toString()).isEqualTo(ExitCode.OK);
    JsonNode found = new ObjectMapper().readTree(report.toFile());
    assertThat(found.get("verdict").asText()).isEqualTo("EQUAL");
    assertThat(found.get("proven").asText()).isEqualTo("EQUAL");
    assertThat(found.get("provenAt").asText()).contains("/");
    assertThat(out.toString()).contains("verdict       EQUAL at the source's position");
    assertThat(found.get("tables").asInt()).isEqualTo(12);
    assertThat(found.get("rows").asLong()).isGreaterThan(15_000);
    assertThat(found.get("transactions").asLong()).isGreaterThan(300);
    assertThat(found.get("events").asLong()).isPositive();
    assertThat(found.get("loadRowsPerSecond").asLong()).isPositive();
    assertThat(found.get("lagMillis").fieldNames())
        .toIterable()
        .containsExactly("p50", "p99", "max");
  }
}
