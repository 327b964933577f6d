package nl.veer.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import nl.veer.control.cli.Veer;
import nl.veer.control.config.ConfigFile;
import nl.veer.control.config.VeerConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/** What the compose files say, without an engine. */
class ComposeFilesTest {
  private static final Path TOP = Path.of("..");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> ROLES = List.of("capture", "replicate", "verify", "veer");

  /** Its start writes into the image's own directories. */
  private static final Set<String> WITH_A_ROOT_TO_WRITE_TO = Set.of("kafka");

  /** What a server that begins as root needs to become the user who it is. */
  private static final List<String> TO_BECOME_POSTGRES =
      List.of("CHOWN", "DAC_OVERRIDE", "FOWNER", "SETGID", "SETUID");

  private static final Map<String, List<String>> RIGHTS =
      Map.of("source", TO_BECOME_POSTGRES, "target", TO_BECOME_POSTGRES);

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"deploy/compose/veer.yaml", "deploy/compose/own-databases.veer.yaml"})
  void theirConfigurationIsOneWithTheSecretsThatAreMade(String file) throws Exception {
    assertThat(
            Veer.commandLine().execute("sandbox", "secrets", "--directory", directory.toString()))
        .isZero();
    Files.writeString(directory.resolve("source-password"), "s");
    Files.writeString(directory.resolve("target-password"), "t");
    Path config =
        Files.writeString(
            directory.resolve("veer.yaml"),
            Files.readString(TOP.resolve(file))
                .replace("/run/veer", directory.toString())
                .replace("/run/secrets", directory.toString()));

    VeerConfig read = ConfigFile.read(config, Map.of());

    assertThat(read.dashboard().isTls()).isTrue();
    assertThat(read.dashboard().needsLogin()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"docker-compose.yml", "deploy/compose/own-databases.yaml"})
  void nothingIsPublishedButOnThisMachinesOwnAddress(String file) throws Exception {
    for (JsonNode service : services(file)) {
      assertThat(service.path("network_mode").asText()).isNotEqualTo("host");
      for (JsonNode port : service.path("ports")) {
        assertThat(port.asText()).startsWith("127.0.0.1:");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"docker-compose.yml", "deploy/compose/own-databases.yaml"})
  void eachContainerWritesToItsVolumesOnlyAndHasNoRightsThatItCanDoWithout(String file)
      throws Exception {
    services(file)
        .properties()
        .forEach(
            entry -> {
              String name = entry.getKey();
              JsonNode service = entry.getValue();
              assertThat(service.path("read_only").asBoolean())
                  .as(name)
                  .isNotEqualTo(WITH_A_ROOT_TO_WRITE_TO.contains(name));
              assertThat(texts(service.path("cap_drop"))).as(name).containsExactly("ALL");
              assertThat(texts(service.path("cap_add")))
                  .as(name)
                  .isEqualTo(RIGHTS.getOrDefault(name, List.of()));
              assertThat(texts(service.path("security_opt")))
                  .as(name)
                  .containsExactly("no-new-privileges:true");
              assertThat(service.path("privileged").asBoolean()).as(name).isFalse();
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"docker-compose.yml", "deploy/compose/own-databases.yaml"})
  void nobodyIsWaitedForWhoCannotSayThatHeIsWell(String file) throws Exception {
    JsonNode services = services(file);
    for (String role : ROLES) {
      JsonNode needs = services.path(role).path("depends_on");
      assertThat(needs.path("kafka").path("condition").asText()).isEqualTo("service_healthy");
      needs
          .properties()
          .forEach(
              need -> {
                JsonNode other = services.path(need.getKey());
                boolean ends = other.path("restart").asText().equals("no");
                assertThat(need.getValue().path("condition").asText())
                    .as(need.getKey())
                    .isEqualTo(ends ? "service_completed_successfully" : "service_healthy");
                assertThat(ends || isAsked(other)).as(need.getKey()).isTrue();
              });
    }
  }

  /** By the file, or by the image veer, whose question is the one at {@code VEER_HEALTH}. */
  private static boolean isAsked(JsonNode service) {
    return service.path("healthcheck").has("test")
        || service.path("environment").has("VEER_HEALTH");
  }

  @Test
  void noSecretStandsInThem() throws Exception {
    for (String file : List.of("docker-compose.yml", "deploy/compose/own-databases.yaml")) {
      for (JsonNode service : services(file)) {
        service
            .path("environment")
            .fieldNames()
            .forEachRemaining(
                name ->
                    assertThat(name.contains("PASSWORD") && !name.endsWith("__FILE"))
                        .as(name)
                        .isFalse());
      }
    }
  }

  @Test
  void composeReadsThemWithEveryProfile() {
    assumeTrue(Program.isThere("docker"), "There is no docker on the PATH.");
    Program program = Program.here();
    assumeTrue(
        program.run(List.of("docker", "compose", "version")).code() == 0,
        "There is no docker compose.");
    for (String file : List.of("docker-compose.yml", "deploy/compose/own-databases.yaml")) {
      assertThat(
              program
                  .run(
                      List.of(
                          "docker",
                          "compose",
                          "-f",
                          TOP.resolve(file).toString(),
                          "--profile",
                          "observability",
                          "config",
                          "--quiet"))
                  .orFail())
          .isEmpty();
    }
  }

  private static List<String> texts(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText).toList();
  }

  /** With what each takes over from the file's head. */
  private static JsonNode services(String file) throws Exception {
    try (Reader text = Files.newBufferedReader(TOP.resolve(file))) {
      return JSON.valueToTree(new Yaml().load(text)).path("services");
    }
  }
}
