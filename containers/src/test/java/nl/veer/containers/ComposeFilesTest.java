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
  void veersContainersCanWriteToTheirVolumesOnlyAndHaveNoRights(String file) throws Exception {
    JsonNode services = services(file);
    for (String role : ROLES) {
      JsonNode service = services.path(role);
      assertThat(service.path("read_only").asBoolean()).as(role).isTrue();
      assertThat(service.path("cap_drop").toString()).isEqualTo("[\"ALL\"]");
      assertThat(service.path("depends_on").path("kafka").path("condition").asText())
          .isEqualTo("service_healthy");
    }
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

  /** With what each takes over from the file's head. */
  private static JsonNode services(String file) throws Exception {
    try (Reader text = Files.newBufferedReader(TOP.resolve(file))) {
      return JSON.valueToTree(new Yaml().load(text)).path("services");
    }
  }
}
