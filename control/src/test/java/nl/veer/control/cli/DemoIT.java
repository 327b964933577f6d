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
  void theWholeStoryIsToldAndProven() throws Exception {
    Path summary = directory.resolve("summary.json");
    Path certificate = directory.resolve("certificate.html");
    StringWriter out = new StringWriter();

    int code =
        veer(
            out,
            "demo",
            "--seconds",
            "4",
            "--rate",
            "100",
            "--rows",
            "20000",
            "--max-outage",
            "60s",
            "--certificate",
            certificate.toString(),
            "--report",
            summary.toString());

    assertThat(code).as(out.toString()).isEqualTo(ExitCode.OK);
    JsonNode found = new ObjectMapper().readTree(summary.toFile());
    assertCarried(found);
    assertProven(found);
    assertMoved(found);
    assertThat(out.toString())
        .containsSubsequence(
            "Ledger: balanced up to",
            "Scan: EQUAL at the source's position",
            "18 of 19 predicates hold",
            "rehearsed  never",
            "Rehearsed: writes were refused for",
            "The gate is open.",
            "Cut over to the target: writes were refused for",
            "The customers write to the target now, and the source follows",
            "Proving that the source holds its last commit",
            "signed and checked",
            "verdict       EQUAL at the position");
    assertIsAsSigned(certificate);
    assertIsAsSigned(directory.resolve("certificate.json"));
  }

  private static void assertCarried(JsonNode found) {
    assertThat(found.get("tables").asInt()).isEqualTo(12);
    assertThat(found.get("rows").asLong()).isGreaterThan(15_000);
    assertThat(found.get("transactions").asLong()).isGreaterThan(300);
    assertThat(found.get("events").asLong()).isPositive();
    assertThat(found.get("loadRowsPerSecond").asLong()).isPositive();
    assertThat(found.get("lagMillis").fieldNames())
        .toIterable()
        .containsExactly("p50", "p99", "max");
  }

  private static void assertProven(JsonNode found) {
    assertThat(found.get("ledger").get("batches").asLong()).isPositive();
    assertThat(found.get("ledger").get("rows").asLong()).isPositive();
    assertThat(found.get("ledger").get("incidents").asLong()).isZero();
    assertThat(found.get("scan").get("verdict").asText()).isEqualTo("EQUAL");
    assertThat(found.get("scan").get("rows").asLong()).isGreaterThan(15_000);
    assertThat(found.get("scan").get("seconds").asDouble()).isPositive();
    assertThat(found.get("verdict").asText()).isEqualTo("EQUAL");
    assertThat(found.get("provenAt").asText()).contains("/");
    assertThat(found.get("oracle").asText()).isEqualTo("EQUAL");
    assertThat(found.get("differences")).isEmpty();
  }

  private static void assertMoved(JsonNode found) {
    assertThat(found.get("rehearsal").get("state").asText()).isEqualTo("REHEARSED");
    assertThat(found.get("rehearsal").get("outageMillis").asLong()).isBetween(1L, 60_000L);
    assertThat(found.get("cutover").get("state").asText()).isEqualTo("OPENED");
    assertThat(found.get("cutover").get("outageMillis").asLong()).isBetween(1L, 60_000L);
    assertThat(found.get("cutover").get("steps").fieldNames())
        .toIterable()
        .containsExactly(
            "PREPARED", "FENCED", "DRAINED", "PROVEN", "SEQUENCED", "REVERSED", "OPENED");
    assertThat(found.get("reverse").get("verdict").asText()).isEqualTo("EQUAL");
    assertThat(found.get("reverse").get("rows").asLong()).isPositive();
  }

  private static void assertIsAsSigned(Path certificate) {
    StringWriter out = new StringWriter();

    assertThat(veer(out, "report", "--check", certificate.toString())).isEqualTo(ExitCode.OK);

    assertThat(out.toString()).contains("as it was signed: migration demo, EQUAL");
  }

  private static int veer(StringWriter out, String... arguments) {
    return Veer.commandLine().setOut(new PrintWriter(out, true)).execute(arguments);
  }
}
