package nl.veer.control.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import nl.veer.control.config.DashboardConfig;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sun.misc.Signal;

class DemoIT {
  @TempDir private Path directory;

  @Test
  void theWholeStoryIsToldAndProvenAndCanBeSeen() throws Exception {
    Path summary = directory.resolve("summary.json");
    Path certificate = directory.resolve("certificate.html");
    StringWriter out = new StringWriter();

    int code;
    try (ServerSocket taken = takeUsualPort()) {
      CompletableFuture<Integer> demo =
          CompletableFuture.supplyAsync(
              () ->
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
                      summary.toString(),
                      "--stay"));
      await("the dashboard's address", out, demo, () -> address(out).isPresent());
      DashboardProbe probe = new DashboardProbe(address(out).orElseThrow());
      assertThat(probe.api("migration").path("migration").asText()).isEqualTo("demo");
      await("the end", out, demo, () -> out.toString().contains("stay until Ctrl-C"));
      assertTheStoryIsSeen(probe);
      // Not INT, which is ignored where the tests run in the background of a shell.
      Signal.raise(new Signal("TERM"));
      code = demo.get(1, TimeUnit.MINUTES);
    }

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
            "verdict       EQUAL at the position",
            "stay until Ctrl-C");
    assertThat(out.toString()).containsOnlyOnce("verdict       EQUAL at the position");
    assertIsAsSigned(certificate);
    assertIsAsSigned(directory.resolve("certificate.json"));
  }

  /** Whoever has it: a demo goes elsewhere then. */
  private static ServerSocket takeUsualPort() throws IOException {
    int port = DashboardConfig.standard().port();
    ServerSocket taken = new ServerSocket();
    try {
      taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    } catch (BindException e) {
      // Somebody else does.
    }
    return taken;
  }

  private static Optional<URI> address(StringWriter out) {
    return out.toString()
        .lines()
        .filter(line -> line.startsWith("  Look in: "))
        .findFirst()
        .map(line -> URI.create(line.substring("  Look in: ".length())));
  }

  private static void await(
      String what, StringWriter out, CompletableFuture<Integer> demo, Callable<Boolean> there) {
    Awaitility.await(what)
        .atMost(Duration.ofMinutes(8))
        .failFast(() -> assertThat(demo).as(out.toString()).isNotDone())
        .until(there);
  }

  /** The leg that the wave is on now, how it came there, and what stands in the way back. */
  private static void assertTheStoryIsSeen(DashboardProbe probe) throws Exception {
    JsonNode migration = probe.api("migration");
    assertThat(migration.path("tables").asInt()).as("%s", migration).isEqualTo(12);
    JsonNode wave = probe.api("waves/shop");
    assertThat(wave.path("leg").path("number").asInt()).as("%s", wave).isEqualTo(1);
    assertThat(wave.path("state").asText()).isEqualTo("REPLICATING");
    JsonNode attempts = probe.api("cutover").path("waves").path(0).path("attempts");
    assertThat(attempts.findValuesAsText("state")).contains("OPENED", "REHEARSED");
    JsonNode gate = probe.api("gate").path("gates").path(0);
    assertThat(gate.path("predicates").size()).as("%s", gate).isGreaterThan(10);
    assertThat(probe.get("metrics").body())
        .contains(
            "veer_wave_state{leg=\"1\",migration=\"demo\",state=\"REPLICATING\",wave=\"shop\"} 1");
    assertThat(probe.get("health/live").statusCode()).isEqualTo(200);
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
