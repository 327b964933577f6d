package nl.veer.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The units for systemd. */
class UnitsTest {
  private static final Path UNITS = Path.of("..", "deploy", "systemd");

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"run", "capture", "replicate", "verify", "dashboard"})
  void aRoleIsGivenNothingButItsDirectory(String role) throws Exception {
    assertThat(Files.readAllLines(unit(role)))
        .contains(
            "User=veer",
            "ExecStart=/opt/veer/bin/veer " + role + " --config /etc/veer/veer.yaml",
            "StateDirectory=veer",
            "ProtectSystem=strict",
            "ProtectHome=yes",
            "PrivateTmp=yes",
            "NoNewPrivileges=yes",
            "CapabilityBoundingSet=",
            "SystemCallFilter=@system-service",
            "TimeoutStopSec=90",
            "Restart=on-failure");
  }

  @ParameterizedTest
  @ValueSource(strings = {"run", "capture", "replicate", "verify", "dashboard"})
  void systemdHasNothingToSayAgainstIt(String role) throws Exception {
    assumeTrue(Program.isThere("systemd-analyze"), "There is no systemd-analyze.");
    // What is not installed here, it would name.
    Path unit =
        Files.writeString(
            directory.resolve("veer-" + role + ".service"),
            Files.readString(unit(role))
                .replace("/opt/veer/bin/veer", "/bin/true")
                .replaceAll("(?m)^(Documentation|Conflicts)=.*\n", ""));

    Program.Ended ended = Program.here().run(List.of("systemd-analyze", "verify", unit.toString()));

    assertThat(ended.orFail()).doesNotContain("veer-");
  }

  private static Path unit(String role) {
    return UNITS.resolve("veer-" + role + ".service");
  }
}
