package nl.veer.control.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import nl.veer.control.cli.Veer;
import nl.veer.control.config.VerificationConfig;
import nl.veer.control.crossing.Crossing;
import nl.veer.control.crossing.CrossingWorld;
import nl.veer.control.status.VerdictFigures;
import nl.veer.control.wave.Migration;
import nl.veer.control.wave.OpenLog;
import nl.veer.control.wave.Role;
import nl.veer.verifier.record.AuditEntry;
import nl.veer.verifier.record.AuditLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The report of a small real crossing. */
class ReportIT {
  private static final String CANARY = "canary-of-a-row";

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path directory;

  @Test
  void saysWhatIsProvenAndCannotBeChanged() throws Exception {
    try (CrossingWorld world =
        CrossingWorld.with(
            "CREATE TABLE orders (id int PRIMARY KEY, note text)",
            "CREATE TABLE empty (id int PRIMARY KEY)")) {
      world.onSource("INSERT INTO orders SELECT i, '" + CANARY + "' FROM generate_series(1, 40) i");
      world.onBoth("CREATE TABLE other (id int PRIMARY KEY)");
      writeConfig(world);
      try (Crossing crossing = begin(world)) {
        awaitVerdict(crossing, "EQUAL");
        world.onTarget("UPDATE orders SET note = 'foreign' WHERE id = 7");
        awaitVerdict(crossing, "DIFFERENT");
        world.onTarget("UPDATE orders SET note = '" + CANARY + "' WHERE id = 7");
        awaitVerdict(crossing, "EQUAL");
        audit(world);
        JsonNode report = awaitReportOfRowsAtRest();

        assertTheStatement(report);
        assertWhatWasEverFound(report);
        assertThat(report.path("audit").path("entries")).hasSize(1);
        assertThat(report.path("audit").path("broken").isNull()).isTrue();
        assertThat(report.path("chapters").findValuesAsText("title"))
            .containsExactly("Waivers", "Cutovers", "Legs", "Fences that stand");
        assertThat(report.path("chapters").findValues("rows")).allMatch(JsonNode::isEmpty);
        checksOffline();
        tamperingIsFound(world, report.path("audit").path("head").asText());
      }
    }
  }

  /** The sums of a scan that met the repair are those from before it, and its row was unsettled. */
  private JsonNode awaitReportOfRowsAtRest() {
    return await()
        .atMost(CrossingWorld.PATIENCE)
        .until(
            this::write,
            report -> {
              JsonNode orders = orders(report);
              return orders.path("sourceSum").equals(orders.path("targetSum"));
            });
  }

  private static JsonNode orders(JsonNode report) {
    return report.path("waves").path(0).path("tables").path(1).path("scan");
  }

  private static void assertTheStatement(JsonNode report) {
    assertThat(report.path("verdict").asText()).as("%s", report).isEqualTo("EQUAL");
    assertThat(report.path("source").path("server").asText()).startsWith("PostgreSQL ");
    assertThat(report.path("configuration").path("sha256").asText()).hasSize(64);
    assertThat(report.path("leftOut").findValuesAsText("table")).containsExactly("public.other");
    JsonNode wave = report.path("waves").path(0);
    assertThat(wave.path("position").asText()).contains("/");
    assertThat(wave.path("ledger").path("source").asText()).contains("/");
    assertThat(wave.path("ledger").path("target").asText()).contains("/");
    assertThat(wave.path("tables").findValuesAsText("table"))
        .containsExactly("public.empty", "public.orders");
    JsonNode orders = orders(report);
    assertThat(orders.path("sourceRows").asLong()).isEqualTo(40);
    assertThat(orders.path("targetRows").asLong()).isEqualTo(40);
    assertThat(orders.path("sourceSum").asText())
        .matches("[0-9a-f]{32}")
        .isEqualTo(orders.path("targetSum").asText());
  }

  private static void assertWhatWasEverFound(JsonNode report) {
    assertThat(report.path("incidents")).isNotEmpty();
    for (JsonNode incident : report.path("incidents")) {
      assertThat(incident.path("table").asText()).isEqualTo("public.orders");
      assertThat(incident.path("key").asText()).matches("[0-9a-f]{32}");
      assertThat(incident.path("closedBy").asText()).as("%s", incident).startsWith("scan ");
    }
  }

  private JsonNode write() throws Exception {
    assertThat(
            veer(
                "report",
                "--html",
                path("r.html"),
                "--json",
                path("r.json"),
                "-c",
                path("veer.yaml")))
        .as(err.toString())
        .isZero();
    assertThat(out.toString()).contains("EQUAL: Each of 2 tables", "Signed with the key ");
    String json = Files.readString(directory.resolve("r.json"));
    assertThat(json + Files.readString(directory.resolve("r.html")))
        .doesNotContain(CANARY, "foreign'", "[7]");
    return new ObjectMapper().readTree(json).path("report");
  }

  /** With neither the configuration nor the servers at hand. */
  private void checksOffline() throws Exception {
    String key = path("data/report-key.pub.pem");
    for (String file : new String[] {"r.html", "r.json"}) {
      assertThat(veer("report", "--check", path(file), "--key", key)).as(err.toString()).isZero();
      assertThat(out.toString()).contains("as it was signed", "Signed with the given key");
      assertThat(veer("report", "--check", path(file))).isZero();
      assertThat(out.toString()).contains("not who signed");
      Path changed = directory.resolve("changed-" + file);
      Files.writeString(
          changed, Files.readString(directory.resolve(file)).replaceFirst("40", "41"));
      assertThat(veer("report", "--check", changed.toString(), "--key", key)).isEqualTo(1);
      assertThat(err.toString()).contains("The report is not valid.");
    }
    assertThat(veer("report", "--check", path("none.html"))).isEqualTo(3);
  }

  /** The report's head shows what the chain alone cannot. */
  private void tamperingIsFound(CrossingWorld world, String head) throws Exception {
    audit(world);
    assertThat(veer("audit", "--check", "--head", head, "-c", path("veer.yaml"))).isZero();
    world.onTarget(
        "ALTER TABLE veer.audit DISABLE TRIGGER ALL; DELETE FROM veer.audit WHERE number = 1");
    assertThat(write().path("audit").path("broken").asText()).isEqualTo("entry 1 is missing");
    world.onTarget("DELETE FROM veer.audit");
    assertThat(veer("audit", "--check", "-c", path("veer.yaml"))).isZero();
    assertThat(veer("audit", "--check", "--head", head, "-c", path("veer.yaml"))).isEqualTo(1);
    assertThat(err.toString()).contains("no entry has the hash");
  }

  private static void audit(CrossingWorld world) throws SQLException {
    try (Connection home = world.target()) {
      AuditLog.append(
          home, new AuditEntry(world.wave.migration(), world.wave.wave(), "test", "done"));
    }
  }

  private Crossing begin(CrossingWorld world) throws SQLException {
    Migration plain = world.migration();
    return world.begin(
        Role.RUN,
        new Migration(
            plain.source(),
            plain.target(),
            Map.of(
                world.wave,
                Objects.requireNonNull(plain.waves().get(world.wave)).stream()
                    .filter(table -> !table.name().equals("other"))
                    .toList()),
            plain.tuning(),
            VerificationConfig.of(true, true).scanning(Duration.ofSeconds(1), 0),
            directory.resolve("data")),
        OpenLog.at(CrossingWorld.sandbox().kafka(), CrossingWorld.sandbox().registry()));
  }

  private static void awaitVerdict(Crossing crossing, String word) {
    crossing.await(
        "the verdict " + word,
        () -> {
          VerdictFigures now = crossing.status().verdict();
          return now != null && now.verdict().equals(word);
        });
  }

  private void writeConfig(CrossingWorld world) throws Exception {
    Files.writeString(directory.resolve("source"), world.servers().source().password());
    Files.writeString(directory.resolve("target"), world.servers().target().password());
    Files.writeString(
        directory.resolve("veer.yaml"),
        """
        migration: %s
        source: {url: "%s", user: %s, password: "${file:source}"}
        target: {url: "%s", user: %s, password: "${file:target}"}
        waves: [{name: %s, tables: {include: ["public.*"], exclude: ["public.other"]}}]
        data: data
        """
            .formatted(
                world.wave.migration(),
                world.servers().source().jdbcUrl(world.database()),
                world.servers().source().user(),
                world.servers().target().jdbcUrl(world.database()),
                world.servers().target().user(),
                world.wave.wave()));
  }

  private String path(String name) {
    return directory.resolve(name).toString();
  }

  private int veer(String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return Veer.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }
}
