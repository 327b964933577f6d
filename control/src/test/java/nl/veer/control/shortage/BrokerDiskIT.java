package nl.veer.control.shortage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import nl.veer.connectors.capture.CaptureStatus;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.log.KafkaEndpoint;
import nl.veer.connectors.log.RegistryEndpoint;
import nl.veer.connectors.log.TopicConfig;
import nl.veer.control.crossing.Crossing;
import nl.veer.control.crossing.CrossingWorld;
import nl.veer.control.crossing.Servers;
import nl.veer.control.crossing.TopicAudit;
import nl.veer.control.wave.OpenLog;
import nl.veer.control.wave.Role;
import nl.veer.sandbox.Sandbox;
import nl.veer.sandbox.kafka.KafkaProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A broker without room halts; what it has acknowledged is kept, and it is waited for: with {@code
 * -Dsoak} until the capture has given its transaction up, which takes a minute.
 */
class BrokerDiskIT {
  private static final boolean SOAK = Boolean.getBoolean("soak");
  private static final int MEBIBYTES = 192;

  /** 30 MB that compression leaves much of. */
  private static final String MUCH =
      "INSERT INTO trail SELECT string_agg(md5(i::text || ':' || j), '') FROM"
          + " generate_series(1, 1000) i, generate_series(1, 1000) j GROUP BY j";

  @TempDir private Path directory;

  @Test
  void aBrokerWhoseDiskIsFullIsWaitedForUntilItRunsAgain() throws Exception {
    Sandbox shared = CrossingWorld.sandbox();
    try (SmallDisk disk = SmallDisk.mounted(directory.resolve("kafka/broker"), MEBIBYTES);
        KafkaProcess broker = KafkaProcess.start(directory.resolve("kafka"));
        CrossingWorld world = world(shared, broker)) {
      Crossing crossing = world.begin(Role.RUN, world.migration(), log(world));
      crossing.awaitReplicating();
      world.onSource("INSERT INTO trail VALUES ('once')");
      crossing.awaitEqual();

      disk.fill();
      world.onSource(MUCH, "INSERT INTO t VALUES (1, 'behind it')");
      crossing.await("the broker to halt", () -> !broker.isRunning());
      if (SOAK) {
        crossing.await("the capture to wait", () -> isWaiting(crossing.capture()));
      }
      assertThat(world.targetText("SELECT count(*) FROM trail")).isEqualTo("1");
      assertThat(world.sourceText(keptBytes(world))).isEqualTo("t");

      disk.giveRoom();
      broker.resume();
      crossing.awaitEqual();
      crossing.close();
      TopicAudit.of(world);
    }
  }

  private static CrossingWorld world(Sandbox shared, KafkaProcess broker) throws Exception {
    return CrossingWorld.on(
        new Servers(shared.source(), shared.target(), broker.bootstrap(), shared.registry().url()),
        Losses.TABLES);
  }

  private static OpenLog log(CrossingWorld world) {
    return OpenLog.at(
        new KafkaEndpoint(world.servers().bootstrap(), Map.of()),
        new RegistryEndpoint(world.servers().registry(), Map.of()),
        new TopicConfig(1, 1));
  }

  /** Whether the slot keeps all of what the log could not take. */
  private static String keptBytes(CrossingWorld world) {
    return "SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), confirmed_flush_lsn) > 30000000"
        + " FROM pg_replication_slots WHERE slot_name = '"
        + world.wave.slot()
        + "'";
  }

  private static boolean isWaiting(CaptureStatus status) {
    Failure failure = status.failure();
    return status.state() == CaptureStatus.State.RETRYING
        && failure != null
        && failure.code().equals("KAFKA_UNAVAILABLE");
  }
}
