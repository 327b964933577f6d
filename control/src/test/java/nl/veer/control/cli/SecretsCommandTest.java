package nl.veer.control.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import nl.veer.control.dashboard.http.Tokens;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsCommandTest {
  @TempDir private Path directory;

  @Test
  void eachIsToldItsOwn() throws Exception {
    make();

    assertThat(files())
        .containsOnlyKeys(
            "dashboard/observer.sha256",
            "dashboard/operator.sha256",
            "dashboard/server.key",
            "dashboard/server.pem",
            "observer/ca.pem",
            "observer/grafana",
            "observer/token",
            "operator/token",
            "source/shop",
            "source/veer",
            "target/shop",
            "target/veer");
    assertThat(secret("dashboard/operator.sha256"))
        .isEqualTo(Tokens.digest(secret("operator/token")));
    assertThat(mode("source/veer")).isEqualTo("rw-------");
    assertThat(mode("dashboard/server.key")).isEqualTo("rw-------");
    assertThat(mode("observer/token")).isEqualTo("rw-r--r--");
  }

  @Test
  void whatIsThereStays() throws Exception {
    make();
    Map<String, String> first = files();

    make();

    assertThat(files()).isEqualTo(first);
  }

  @Test
  void aMakingThatBrokeOffIsMadeUpFor() throws Exception {
    make();
    Files.delete(directory.resolve("observer/ca.pem"));
    String before = files().get("dashboard/server.pem");

    make();

    assertThat(files()).containsKey("observer/ca.pem");
    assertThat(files().get("dashboard/server.pem")).isNotEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"dashboard/server.key", "dashboard/server.pem"})
  void aCertificateWhoseVolumeIsGoneIsMadeAnew(String lost) throws Exception {
    make();
    Files.delete(directory.resolve(lost));
    String before = secret("observer/ca.pem");

    make();

    assertThat(files()).containsKeys("dashboard/server.key", "dashboard/server.pem");
    assertThat(secret("observer/ca.pem")).as("the authority fits").isNotEqualTo(before);
  }

  private void make() {
    assertThat(
            Veer.commandLine().execute("sandbox", "secrets", "--directory", directory.toString()))
        .isEqualTo(ExitCode.OK);
  }

  private String secret(String name) throws Exception {
    return Files.readString(directory.resolve(name)).strip();
  }

  private String mode(String name) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve(name)));
  }

  private Map<String, String> files() throws Exception {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(directory).filter(Files::isRegularFile)) {
      for (Path file : all.toList()) {
        files.put(directory.relativize(file).toString(), Files.readString(file));
      }
    }
    return files;
  }
}
