package nl.veer.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.marcnuri.helm.LintResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import nl.veer.control.config.ConfigFile;
import nl.veer.control.config.VeerConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The chart, linted and rendered by Helm, and held to Kubernetes' definitions and to Veer's. */
class HelmChartTest {
  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"small", "full", "together"})
  void helmFindsNothingAndEachObjectIsAsItsKindIsDefined(String set) throws Exception {
    Chart chart = Chart.with(Chart.values(set), directory);

    LintResult lint = chart.lint();
    List<JsonNode> objects = chart.render();

    assertThat(lint.isFailed()).as(lint.getMessages().toString()).isFalse();
    assertThat(objects).isNotEmpty();
    for (JsonNode object : objects) {
      if (!object.path("kind").asText().equals("ServiceMonitor")) {
        Definitions.require(object.toString());
      }
      assertThat(object.path("metadata").path("name").asText()).matches("[a-z0-9-]{1,52}");
    }
    assertThat(objects.stream().map(HelmChartTest::name)).doesNotHaveDuplicates();
  }

  @Test
  void aMisspeltFieldAndOneOfAnotherTypeAreNotAsTheKindIsDefined() throws Exception {
    JsonNode set = named(render(Chart.values("small")), "StatefulSet veer-capture-main");
    String json = set.toString();
    Definitions.require(json);

    assertThatThrownBy(() -> Definitions.require(json.replace("runAsNonRoot", "runAsNoRoot")))
        .hasMessageContaining("runAsNoRoot");
    assertThatThrownBy(
            () -> Definitions.require(json.replace("\"replicas\":2", "\"replicas\":\"two\"")))
        .isNotNull();
    assertThatThrownBy(() -> Definitions.require(json.replace("\"serviceName\"", "\"service\"")))
        .isNotNull();
  }

  @Test
  void eachRoleAndWaveHasASetOfTwoPodsAndABudget() throws Exception {
    List<JsonNode> objects = render(Chart.values("small"));

    for (String role : List.of("capture", "replicate", "verify")) {
      JsonNode set = named(objects, "StatefulSet veer-%s-main".formatted(role));
      assertThat(set.at("/spec/replicas").asInt()).isEqualTo(2);
      assertThat(texts(container(set).path("args")))
          .containsExactly(role, "--config", "/etc/veer/veer.yaml", "--wave", "main");
      JsonNode budget = named(objects, "PodDisruptionBudget veer-%s-main".formatted(role));
      assertThat(budget.at("/spec/maxUnavailable").asInt()).isEqualTo(1);
      assertThat(budget.at("/spec/selector")).isEqualTo(set.at("/spec/selector"));
      labels(set.at("/spec/selector/matchLabels"))
          .forEach(
              (name, value) ->
                  assertThat(set.at("/spec/template/metadata/labels").path(name).asText())
                      .isEqualTo(value));
    }
    assertThat(kinds(objects, "StatefulSet")).hasSize(3);

    List<JsonNode> full = render(Chart.values("full"));
    assertThat(kinds(full, "StatefulSet").map(HelmChartTest::name))
        .containsExactlyInAnyOrder(
            "StatefulSet veer-capture-main",
            "StatefulSet veer-capture-big-ones",
            "StatefulSet veer-replicate-main",
            "StatefulSet veer-replicate-big-ones",
            "StatefulSet veer-verify-main",
            "StatefulSet veer-verify-big-ones");
    JsonNode big = named(full, "StatefulSet veer-verify-big-ones");
    assertThat(texts(container(big).path("args"))).endsWith("--wave", "big_ones");
    assertThat(kinds(full, "PodDisruptionBudget")).as("none of a set of one").hasSize(4);

    List<JsonNode> together = render(Chart.values("together"));
    assertThat(kinds(together, "StatefulSet").map(HelmChartTest::name))
        .containsExactlyInAnyOrder("StatefulSet veer-capture", "StatefulSet veer-replicate");
    assertThat(texts(container(named(together, "StatefulSet veer-capture")).path("args")))
        .doesNotContain("--wave");
  }

  @ParameterizedTest
  @ValueSource(strings = {"small", "full", "together"})
  void everyPodIsRestricted(String set) throws Exception {
    List<JsonNode> pods =
        render(Chart.values(set)).stream()
            .map(object -> object.at("/spec/template/spec"))
            .filter(JsonNode::isObject)
            .toList();

    assertThat(pods).isNotEmpty();
    for (JsonNode pod : pods) {
      assertThat(pod.path("automountServiceAccountToken").asBoolean(true)).isFalse();
      assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
      assertThat(pod.at("/securityContext/seccompProfile/type").asText())
          .isEqualTo("RuntimeDefault");
      JsonNode own = pod.at("/containers/0/securityContext");
      assertThat(own.path("readOnlyRootFilesystem").asBoolean()).isTrue();
      assertThat(own.path("allowPrivilegeEscalation").asBoolean(true)).isFalse();
      assertThat(texts(own.at("/capabilities/drop"))).containsExactly("ALL");
      assertThat(pod.at("/containers/0/resources/limits/memory").asText()).isNotEmpty();
      assertThat(pod.path("hostNetwork").asBoolean()).isFalse();
    }
  }

  @Test
  void probesAskInsideOfThePodUnlessThereIsTlsForTheCluster() throws Exception {
    JsonNode inside =
        container(named(render(Chart.values("small")), "StatefulSet veer-verify-main"));
    JsonNode over = container(named(render(Chart.values("full")), "StatefulSet veer-verify-main"));

    assertThat(texts(inside.at("/readinessProbe/exec/command")))
        .startsWith("curl")
        .endsWith("http://127.0.0.1:8421/health/ready");
    assertThat(texts(inside.at("/livenessProbe/exec/command")))
        .endsWith("http://127.0.0.1:8421/health/live");
    assertThat(over.at("/readinessProbe/httpGet/scheme").asText()).isEqualTo("HTTPS");
    assertThat(over.at("/livenessProbe/httpGet/path").asText()).isEqualTo("/health/live");
  }

  @Test
  void onlyWhatIsDeclaredIsReached() throws Exception {
    JsonNode small = named(render(Chart.values("small")), "NetworkPolicy veer").path("spec");
    JsonNode full = named(render(Chart.values("full")), "NetworkPolicy veer").path("spec");

    assertThat(texts(small.path("policyTypes"))).containsExactly("Ingress", "Egress");
    assertThat(small.path("ingress")).isEmpty();
    assertThat(small.path("egress")).hasSize(5);
    assertThat(small.path("egress")).allMatch(rule -> !rule.path("to").isEmpty());
    assertThat(small.path("egress")).allMatch(rule -> !rule.path("ports").isEmpty());
    assertThat(small.at("/egress/1/to/0/ipBlock/cidr").asText()).isEqualTo("10.1.2.3/32");
    assertThat(small.at("/egress/1/ports/0/port").asInt()).isEqualTo(5432);
    assertThat(full.path("ingress")).hasSize(2);
    assertThat(full.path("ingress")).allMatch(rule -> !rule.path("from").isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"small", "full", "together"})
  void veerReadsTheConfigurationAndItHoldsNoSecret(String set) throws Exception {
    List<JsonNode> objects = render(Chart.values(set));
    String yaml = named(objects, "ConfigMap veer").at("/data/veer.yaml").asText();

    VeerConfig config = read(yaml);

    assertThat(config.migration()).isEqualTo("shop");
    assertThat(config.data()).isEqualTo(Path.of("/var/lib/veer"));
    assertThat(config.observe().capture()).isNotNull();
    assertThat(yaml).doesNotContain("of-source");
  }

  /** As in a pod whose secrets are mounted. */
  private VeerConfig read(String yaml) throws Exception {
    Path secrets = directory.resolve("secrets");
    for (String file :
        List.of("source/password", "source/ca.crt", "target/password", "kafka/jaas")) {
      Files.createDirectories(secrets.resolve("veer").resolve(file).getParent());
      Files.writeString(secrets.resolve("veer").resolve(file), "of-" + file);
    }
    Path file = directory.resolve("veer.yaml");
    Files.writeString(file, yaml.replace("/run/secrets", secrets.toString()));
    return ConfigFile.read(file, Map.of("TARGET_PASSWORD", "of-target"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "config: {source: {password: geheim}} | password",
        "config: {data: /tmp} | data",
        "config: {observe: {capture: '0.0.0.0:1'}} | observe",
        "config: {waves: []} | waves",
        "config: {migration: Shop} | migration",
        "networkPolicy: {egress: []} | egress is empty",
        "networkPolicy: {egress: [{name: all, to: [], ports: [1]}]} | to",
        "serviceMonitor: {enabled: true} | needs observe.tlsSecret",
        "observe: {tlsSecret: veer-tls} | config.dashboard.tokens",
        "roles: {capture: {replica: 2}} | replica",
        "rolls: {} | rolls",
        "secrets: [{name: a, as: ../b}] | as"
      })
  void whatIsNotAllowedIsRefusedWithAReason(String over, String reason) throws Exception {
    ObjectNode values = Chart.values("small");
    Chart.lay(values, Chart.yaml(over));
    Chart chart = Chart.with(values, directory);

    assertThatThrownBy(chart::render).hasMessageContaining(reason);
  }

  private List<JsonNode> render(JsonNode values) throws Exception {
    return Chart.with(values, Files.createTempDirectory(directory, "chart")).render();
  }

  private static String name(JsonNode object) {
    return object.path("kind").asText() + " " + object.at("/metadata/name").asText();
  }

  private static JsonNode named(List<JsonNode> objects, String name) {
    return objects.stream()
        .filter(object -> name(object).equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new AssertionError(
                    name + " is not among " + objects.stream().map(HelmChartTest::name).toList()));
  }

  private static Stream<JsonNode> kinds(List<JsonNode> objects, String kind) {
    return objects.stream().filter(object -> object.path("kind").asText().equals(kind));
  }

  private static JsonNode container(JsonNode set) {
    return set.at("/spec/template/spec/containers/0");
  }

  private static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }

  private static Map<String, String> labels(JsonNode object) {
    Map<String, String> labels = new LinkedHashMap<>();
    object.fields().forEachRemaining(one -> labels.put(one.getKey(), one.getValue().asText()));
    return labels;
  }
}
