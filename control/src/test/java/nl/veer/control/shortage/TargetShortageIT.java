package nl.veer.control.shortage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import nl.veer.connectors.failure.Failure;
import nl.veer.control.crossing.Crossing;
import nl.veer.control.crossing.CrossingWorld;
import nl.veer.replicator.ReplicatorStatus;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A target without a connection to give, or that takes no writes, is waited for. */
class TargetShortageIT {
  @TempDir private static Path directory;

  @SuppressWarnings("NullAway.Init")
  private static KeptServer target;

  @BeforeAll
  static void start() throws SQLException {
    target = new KeptServer(directory.resolve("target"));
    target.limitConnections();
  }

  @AfterAll
  static void end() {
    target.close();
  }

  @Test
  void connectionsThatOthersHaveTakenAreWaitedFor() throws Exception {
    try (CrossingWorld world = world();
        Connection outsider = world.target()) {
      Crossing crossing = world.cross();
      List<Connection> taken = new ArrayList<>();
      crossing.await(
          "no connection to be left",
          () -> {
            KeptServer.takeAll(taken, world::target);
            if (isRetrying(crossing, "RESOURCES")) {
              return true;
            }
            KeptServer.endVeer(outsider);
            KeptServer.takeAll(taken, world::target);
            return false;
          });
      world.onSource("INSERT INTO t VALUES (1, 'meanwhile')");

      for (Connection each : taken) {
        each.close();
      }
      crossing.awaitEqual();
    }
  }

  @Test
  void aStandbyInTheTargetsPlaceIsWaitedForUntilItIsPromoted() throws Exception {
    try (CrossingWorld world = world()) {
      Crossing crossing = world.cross();
      world.onSource("INSERT INTO trail VALUES ('once')");
      crossing.awaitEqual();

      target.becomeStandby();
      world.onSource("INSERT INTO trail VALUES ('for the new primary')");
      awaitRetrying(crossing, "READ_ONLY");

      world.onTarget("SELECT pg_promote()");
      crossing.awaitEqual();
      assertThat(Files.exists(target.data().resolve("standby.signal"))).isFalse();
    }
  }

  private static CrossingWorld world() throws SQLException {
    return CrossingWorld.on(CrossingWorld.sandbox().source(), target.server, Losses.TABLES);
  }

  private static void awaitRetrying(Crossing crossing, String code) {
    crossing.await("the replicator to wait: " + code, () -> isRetrying(crossing, code));
  }

  private static boolean isRetrying(Crossing crossing, String code) {
    ReplicatorStatus status = crossing.replicator();
    Failure failure = status.failure();
    return status.state() == ReplicatorStatus.State.RETRYING
        && failure != null
        && failure.code().equals(code);
  }
}
