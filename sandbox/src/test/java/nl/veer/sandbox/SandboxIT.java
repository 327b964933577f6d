package nl.veer.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxIT {
  @TempDir Path directory;

  @Test
  void startsEverythingAndLeavesNothingBehind() {
    List<Long> pids;
    Path place;
    try (Sandbox sandbox = Sandbox.startTemporary()) {
      place = sandbox.directory();
      pids = List.of(sandbox.source().pid(), sandbox.target().pid(), sandbox.registry().pid());
      assertThat(pids).allSatisfy(pid -> assertThat(ProcessHandle.of(pid)).isPresent());
    }
    assertThat(place).doesNotExist();
    assertThat(pids).allSatisfy(pid -> assertThat(ProcessHandle.of(pid)).isEmpty());
  }

  @Test
  void findsKeptDataAgainAtTheSameAddresses() throws Exception {
    List<String> addresses;
    try (Sandbox sandbox = Sandbox.start(directory)) {
      sandbox.source().createDatabase("shop");
      addresses = addresses(sandbox);
    }
    try (Sandbox again = Sandbox.start(directory)) {
      assertThat(addresses(again)).isEqualTo(addresses);
      assertThat(again.source().connect("shop").isValid(1)).isTrue();
    }
  }

  private static List<String> addresses(Sandbox sandbox) {
    return List.of(
        sandbox.source().jdbcUrl("shop"),
        sandbox.target().jdbcUrl("shop"),
        sandbox.kafka().bootstrap(),
        sandbox.registry().url());
  }
}
