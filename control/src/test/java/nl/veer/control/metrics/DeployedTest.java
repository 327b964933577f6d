package nl.veer.control.metrics;

import static nl.veer.control.reading.SampleWave.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import nl.veer.connectors.event.WaveId;
import nl.veer.control.alert.AlertFigures;
import nl.veer.control.alert.AlertRule;
import nl.veer.control.config.AlertsConfig;
import nl.veer.control.forecast.Forecast;
import nl.veer.control.gate.GateReport;
import nl.veer.control.gate.Predicate;
import nl.veer.control.gate.PredicateState;
import nl.veer.control.reading.FixedReadings;
import nl.veer.control.reading.SampleWave;
import nl.veer.control.reading.SlotReading;
import nl.veer.sandbox.certificate.Authority;
import nl.veer.sandbox.certificate.Identity;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds the rule file, the Grafana dashboard and the page for operators to what there is. */
class DeployedTest {
  private static final Path RULES = Path.of("..", "deploy", "prometheus", "veer.rules.yml");
  private static final Path SCRAPED = Path.of("..", "deploy", "compose", "prometheus.yml");
  private static final Path DASHBOARD = Path.of("..", "deploy", "grafana", "veer.json");
  private static final Path PROVIDED =
      Path.of("..", "deploy", "grafana", "provisioning", "datasources", "veer.yml");
  private static final Path PAGE = Path.of("..", "docs", "operations.md");

  /** Metrics of Veer's and of the JVM binders; {@code up} is Prometheus' own. */
  private static final Pattern METRIC = Pattern.compile("\\b(?:veer|jvm|process|system)_[a-z_]+");

  private static Set<String> names = Set.of();

  /** Of a wave of which everything is known. */
  @BeforeAll
  static void scrape() {
    SampleWave wave = new SampleWave();
    wave.logSlot =
        new SlotReading(
            "veer_shop__main",
            true,
            false,
            1L,
            1L,
            new Forecast.Expected(Duration.ofHours(1), Duration.ofHours(1), null));
    LastGates gates = new LastGates();
    gates.keep(
        new WaveId("shop", "main"),
        GateReport.of(
            "main",
            List.of(new Predicate("lag-apply", new PredicateState.Holds("12 ms"))),
            Map.of()),
        NOW);
    AlertFigures alerts =
        new AlertFigures(
            Map.of(AlertRule.LAG, 0),
            List.of(new AlertFigures.ChannelFigures("mail", 0, Map.of("sent", 0L), null)));
    try (FixedReadings fixed = new FixedReadings(wave.alone(NOW));
        VeerMetrics metrics =
            new VeerMetrics(
                "shop", fixed.readings, gates, () -> alerts, Clock.fixed(NOW, ZoneOffset.UTC))) {
      names = new Scrape(metrics.scrape()).names();
    }
  }

  @Test
  void theRulesNameOnlyMetricsThatThereAre() throws IOException {
    Set<String> named = new TreeSet<>();
    rules().values().forEach(rule -> collect(rule.path("expr").asText(), named));

    assertThat(named).hasSizeGreaterThan(10);
    assertThat(names).containsAll(named);
  }

  @Test
  void theDashboardNamesOnlyMetricsThatThereAre() throws IOException {
    JsonNode dashboard = new ObjectMapper().readTree(DASHBOARD.toFile());
    Set<String> named = new TreeSet<>();
    List<JsonNode> targets = dashboard.findValues("expr");
    targets.forEach(expr -> collect(expr.asText(), named));
    dashboard.path("templating").findValues("query").forEach(one -> collect(one.asText(), named));

    assertThat(targets).hasSizeGreaterThan(30);
    assertThat(names).containsAll(named);
    assertThat(dashboard.path("panels").findValuesAsText("title")).doesNotHaveDuplicates();
  }

  /** Every panel asks the source of data that is chosen at the top; the one of compose is there. */
  @Test
  void theDashboardAsksTheSourceOfDataThatIsChosen() throws IOException {
    JsonNode dashboard = new ObjectMapper().readTree(DASHBOARD.toFile());
    JsonNode provided =
        new ObjectMapper(new YAMLFactory()).readTree(PROVIDED.toFile()).path("datasources").path(0);

    assertThat(dashboard.findValues("datasource")).hasSizeGreaterThan(30);
    assertThat(dashboard.findValues("datasource"))
        .allSatisfy(
            source -> {
              assertThat(source.path("type").asText()).isEqualTo("prometheus");
              assertThat(source.path("uid").asText()).isEqualTo("${datasource}");
            });
    JsonNode choice = dashboard.path("templating").path("list").path(0);
    assertThat(choice.path("name").asText()).isEqualTo("datasource");
    assertThat(choice.path("query").asText()).isEqualTo(provided.path("type").asText());
    assertThat(provided.path("isDefault").asBoolean()).isTrue();
  }

  @Test
  void eachRuleOfTheConfigurationIsOneOfPrometheusWithItsSeverityAndItsSection()
      throws IOException {
    Map<String, JsonNode> rules = rules();
    for (AlertRule rule : AlertRule.values()) {
      String name =
          "Veer"
              + Stream.of(rule.word().split("-"))
                  .map(
                      word ->
                          word.substring(0, 1).toUpperCase(java.util.Locale.ROOT)
                              + word.substring(1))
                  .collect(Collectors.joining());
      JsonNode found = rule(rules, name);
      assertThat(found.path("labels").path("severity").asText()).isEqualTo(rule.severity().word());
      assertThat(found.path("annotations").path("runbook").asText()).isEqualTo(rule.section());
    }
  }

  @Test
  void thePrometheusThresholdsAreTheConfigurationsDefaults() throws IOException {
    AlertsConfig defaults = AlertsConfig.standard();
    Map<String, JsonNode> rules = rules();

    assertThat(expr(rules, "VeerLag")).endsWith("> " + defaults.lag().toSeconds());
    assertThat(expr(rules, "VeerLedgerLag")).endsWith("> " + defaults.lag().toSeconds());
    assertThat(expr(rules, "VeerSlotLoss")).contains("< " + defaults.slotLoss().toSeconds());
    assertThat(expr(rules, "VeerScanAge")).endsWith("> " + defaults.scanAge().toSeconds());
    assertThat(lasting(rules, "VeerLag")).isEqualTo(defaults.hold());
    assertThat(lasting(rules, "VeerSlotLoss")).isEqualTo(defaults.hold());
    assertThat(lasting(rules, "VeerRoleSilent")).isEqualTo(defaults.silent());
    assertThat(lasting(rules, "VeerRoleRetrying")).isEqualTo(defaults.retrying());
    assertThat(lasting(rules, "VeerVerdict")).isEqualTo(defaults.verdict());
    assertThat(rule(rules, "VeerDifference").has("for")).isFalse();
    assertThat(rule(rules, "VeerIncident").has("for")).isFalse();
  }

  @Test
  void promtoolTakesTheRulesAndTheyFireWhenTheyShould() throws Exception {
    assumeTrue(isOnThePath("promtool"), "promtool is not on the PATH (Debian: prometheus)");

    promtool("check", "rules", RULES.toString());
    promtool("test", "rules", RULES.resolveSibling("veer.rules.test.yml").toString());
  }

  /** Where it is mounted the rules lie beside it, and the two secrets where it says. */
  @Test
  void promtoolTakesTheConfigurationOfTheComposeFile(@TempDir Path directory) throws Exception {
    assumeTrue(isOnThePath("promtool"), "promtool is not on the PATH (Debian: prometheus)");
    String config = Files.readString(SCRAPED);
    assertThat(config).contains("/run/veer/observer/ca.pem", "/run/veer/observer/token");
    Files.copy(RULES, directory.resolve("veer.rules.yml"));
    Files.writeString(
        directory.resolve("ca.pem"), Identity.pem(new Authority("test").certificate()));
    Files.writeString(directory.resolve("token"), "t");
    Path moved =
        Files.writeString(
            directory.resolve("prometheus.yml"),
            config.replace("/run/veer/observer", directory.toString()));

    promtool("check", "config", moved.toString());
  }

  private static void promtool(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("promtool"));
    command.addAll(List.of(arguments));
    Process check = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(check.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(check.exitValue()).as(said).isZero();
  }

  @Test
  void thePageForOperatorsHasEachMetricAndNoOther() throws IOException {
    Set<String> told = new TreeSet<>();
    Pattern.compile("`(veer_[a-z_]+)`")
        .matcher(Files.readString(PAGE))
        .results()
        .forEach(match -> told.add(match.group(1)));

    assertThat(told)
        .isEqualTo(
            names.stream()
                .filter(name -> name.startsWith("veer_"))
                .collect(Collectors.toCollection(TreeSet::new)));
  }

  @Test
  void thePageForOperatorsHasASectionForEachRule() throws IOException {
    List<String> lines = Files.readAllLines(PAGE);

    for (AlertRule rule : AlertRule.values()) {
      assertThat(lines).contains("### " + rule.word());
    }
  }

  private static boolean isOnThePath(String program) {
    return Stream.of(String.valueOf(System.getenv("PATH")).split(File.pathSeparator))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
  }

  private static Map<String, JsonNode> rules() throws IOException {
    JsonNode file = new ObjectMapper(new YAMLFactory()).readTree(RULES.toFile());
    Map<String, JsonNode> rules = new LinkedHashMap<>();
    List<JsonNode> all = new ArrayList<>();
    file.path("groups").forEach(group -> group.path("rules").forEach(all::add));
    all.forEach(rule -> rules.put(rule.path("alert").asText(), rule));
    return rules;
  }

  private static JsonNode rule(Map<String, JsonNode> rules, String name) {
    return rules.getOrDefault(name, MissingNode.getInstance());
  }

  private static String expr(Map<String, JsonNode> rules, String name) {
    return rule(rules, name).path("expr").asText();
  }

  private static Duration lasting(Map<String, JsonNode> rules, String name) {
    return Duration.parse("PT" + rule(rules, name).path("for").asText());
  }

  private static void collect(String text, Set<String> named) {
    METRIC.matcher(text).results().forEach(match -> named.add(match.group()));
  }
}
