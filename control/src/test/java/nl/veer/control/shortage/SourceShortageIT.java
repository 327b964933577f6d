package nl.veer.control.shortage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import nl.veer.connectors.capture.CaptureStatus;
import nl.veer.connectors.failure.Failure;
import nl.veer.control.crossing.Crossing;
import nl.veer.control.crossing.CrossingWorld;
import nl.veer.control.crossing.TopicAudit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A source that has no connection to give. */
class SourceShortageIT {
  private static final String TOO_MANY = "53300";

  @TempDir private Path directory;

  @Test
  void connectionsThatOthersHaveTakenAreWaitedFor() throws Exception {
    try (KeptServer source = new KeptServer(directory.resolve("source"))) {
      source.limitConnections();
      try (CrossingWorld world =
              CrossingWorld.on(source.server, CrossingWorld.sandbox().target(), Losses.TABLES);
          Connection outsider = world.source()) {
        Crossing crossing = world.cross();
        List<Connection> taken = new ArrayList<>();
        crossing.await(
            "no connection to be left",
            () -> {
              KeptServer.takeAll(taken, world::source);
              if (isRetrying(crossing.capture())) {
                return true;
              }
              KeptServer.endVeer(outsider);
              KeptServer.takeAll(taken, world::source);
              return false;
            });
        CrossingWorld.execute(outsider, "INSERT INTO t VALUES (1, 'meanwhile')");
        assertThatThrownBy(world::source)
            .isInstanceOfSatisfying(
                SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(TOO_MANY));

        for (Connection each : taken) {
          each.close();
        }
        crossing.awaitEqual();
        crossing.close();
        TopicAudit.of(world);
      }
    }
  }

  private static boolean isRetrying(CaptureStatus status) {
    Failure failure = status.failure();
    return status.state() == CaptureStatus.State.RETRYING
        && failure != null
        && failure.code().equals("RESOURCES");
  }
}
