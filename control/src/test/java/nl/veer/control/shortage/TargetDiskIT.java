package nl.veer.control.shortage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import nl.veer.connectors.failure.Failure;
import nl.veer.control.crossing.Crossing;
import nl.veer.control.crossing.CrossingWorld;
import nl.veer.control.wave.Role;
import nl.veer.replicator.ReplicatorStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A target whose disk is full is waited for until there is room. */
class TargetDiskIT {
  /** Far more than the disk of a table holds. */
  private static final String ROWS =
      "INSERT INTO trail SELECT repeat(i::text, 300) FROM generate_series(1, 20000) i";

  private static final int MEBIBYTES = 96;

  @TempDir private Path directory;

  @Test
  void aFullDiskIsWaitedForDuringTheLoadAndWhileReplicating() throws Exception {
    try (SmallDisk disk = SmallDisk.mounted(directory.resolve("small"), MEBIBYTES);
        KeptServer target = new KeptServer(directory.resolve("target"));
        CrossingWorld world =
            CrossingWorld.on(CrossingWorld.sandbox().source(), target.server, Losses.TABLES)) {
      world.onTarget(
          "CREATE TABLESPACE small LOCATION '" + disk.path() + "'",
          "ALTER TABLE trail SET TABLESPACE small");
      world.onSource(ROWS);

      disk.fill();
      Crossing crossing = world.begin(Role.RUN);
      awaitNoRoom(crossing);
      assertThat(world.targetText("SELECT count(*) FROM trail")).isEqualTo("0");
      disk.giveRoom();
      crossing.awaitReplicating();
      crossing.awaitEqual();

      disk.fill();
      world.inOneTransaction("INSERT INTO t VALUES (1, 'with it')", ROWS);
      world.onSource("INSERT INTO t VALUES (2, 'behind it')");
      awaitNoRoom(crossing);
      assertThat(world.targetText("SELECT count(*) FROM t")).isEqualTo("0");
      assertThat(world.targetText("SELECT count(*) FROM trail")).isEqualTo("20000");
      disk.giveRoom();
      crossing.awaitEqual();
      assertThat(crossing.replicator().failure()).isNull();
    }
  }

  private static void awaitNoRoom(Crossing crossing) {
    crossing.await(
        "the replicator to wait for room",
        () -> {
          ReplicatorStatus status = crossing.replicator();
          Failure failure = status.failure();
          return status.state() == ReplicatorStatus.State.RETRYING
              && failure != null
              && failure.code().equals("RESOURCES");
        });
  }
}
