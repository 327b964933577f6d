package nl.veer.control.size;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.control.config.ConfigFile;
import nl.veer.control.crossing.Crossing;
import nl.veer.control.crossing.CrossingWorld;
import nl.veer.control.crossing.RoleHome;
import nl.veer.control.wave.OpenLog;
import nl.veer.control.wave.Role;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A row that is larger than the log takes stops the wave, by name, until the bound is raised. */
class RecordBoundIT {
  private static final int SMALL = 1 << 20;
  private static final int LARGE = 4 << 20;

  @TempDir private Path directory;

  @Test
  void aRowBeyondTheBoundStopsTheWaveUntilTheBoundIsRaisedEverywhere() throws Exception {
    try (CrossingWorld world = CrossingWorld.with("CREATE TABLE t (id int PRIMARY KEY, v text)")) {
      Crossing crossing = begin(world, SMALL);
      crossing.awaitReplicating();
      world.onSource(
          "INSERT INTO t VALUES (1, 'before')",
          "INSERT INTO t VALUES (2, repeat('wide', 500000))",
          "INSERT INTO t VALUES (3, 'behind')");

      Failure failure = crossing.awaitCaptureFailure();
      assertThat(failure.code()).as(failure.getMessage()).isEqualTo("RECORD_TOO_LARGE");
      assertThat(failure.kind()).isEqualTo(FailureKind.SOURCE_DATA);
      assertThat(failure).hasMessageContaining("public.t").hasMessageContaining("kafka.max-record");
      assertThat(failure).hasMessageNotContaining("wide");
      await()
          .atMost(CrossingWorld.PATIENCE)
          .until(() -> world.targetText("SELECT id FROM t").equals("1"));
      crossing.close();

      Crossing raised = begin(world, LARGE);
      Failure topic = raised.awaitFailure();
      assertThat(topic.code()).isEqualTo("TOPIC_TOO_SMALL");
      assertThat(topic).hasMessageContaining("max.message.bytes=" + (LARGE + (1 << 20)));
      raised.close();

      raise(world);
      begin(world, LARGE).awaitEqual();
    }
  }

  private Crossing begin(CrossingWorld world, int maxRecordBytes) throws Exception {
    try (RoleHome home = RoleHome.of(world, directory, "", maxRecordBytes)) {
      OpenLog log = OpenLog.open(ConfigFile.read(home.directory().resolve("veer.yaml"), Map.of()));
      return world.begin(Role.RUN, world.migration(), log);
    }
  }

  /** What the message says to do. */
  private static void raise(CrossingWorld world) throws Exception {
    ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, world.wave.logTopic());
    AlterConfigOp raise =
        new AlterConfigOp(
            new ConfigEntry("max.message.bytes", Integer.toString(LARGE + (1 << 20))),
            AlterConfigOp.OpType.SET);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", world.servers().bootstrap()))) {
      admin.incrementalAlterConfigs(Map.of(topic, List.of(raise))).all().get();
    }
  }
}
