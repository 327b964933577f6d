package nl.veer.control.wave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessFileTest {
  @TempDir private Path data;

  @Test
  void aClaimedRoleIsFoundAgainWithItsLog() {
    try (ProcessFile file = ProcessFile.claim(data, Role.RUN)) {
      file.publish("127.0.0.1:9092", "http://r");

      assertThat(ProcessFile.running(data, Role.RUN))
          .hasValueSatisfying(
              running -> {
                assertThat(running.process()).isEqualTo(ProcessHandle.current());
                assertThat(running.bootstrap()).isEqualTo("127.0.0.1:9092");
                assertThat(running.registry()).isEqualTo("http://r");
              });
    }
    assertThat(ProcessFile.running(data, Role.RUN)).isEmpty();
  }

  @Test
  void runExcludesTheSingleRoles() {
    try (ProcessFile file = ProcessFile.claim(data, Role.RUN)) {
      assertThatThrownBy(() -> ProcessFile.claim(data, Role.CAPTURE))
          .hasMessageContaining("already does `veer run`")
          .hasMessageContaining("veer stop");
    }
  }

  @Test
  void captureAndReplicateStandBesideEachOther() {
    try (ProcessFile capture = ProcessFile.claim(data, Role.CAPTURE);
        ProcessFile replicate = ProcessFile.claim(data, Role.REPLICATE)) {
      assertThat(ProcessFile.running(data, Role.CAPTURE)).isPresent();
      assertThat(ProcessFile.running(data, Role.REPLICATE)).isPresent();
    }
  }

  @Test
  void aProcessIdThatTheSystemGaveToSomebodyElseIsNotOurs() throws Exception {
    Files.writeString(
        data.resolve("run.pid"), "pid=" + ProcessHandle.current().pid() + "\nstart=12345\n");

    assertThat(ProcessFile.running(data, Role.RUN)).isEmpty();
  }
}
