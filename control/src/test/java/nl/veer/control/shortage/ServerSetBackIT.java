package nl.veer.control.shortage;

import static nl.veer.control.shortage.Losses.crossAndEnd;
import static nl.veer.control.shortage.Losses.loadAgain;
import static nl.veer.control.shortage.Losses.requireLost;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import nl.veer.connectors.dialect.DatabaseEndpoint;
import nl.veer.connectors.dialect.Secret;
import nl.veer.connectors.dialect.SourceConnections;
import nl.veer.control.crossing.AtOnce;
import nl.veer.control.crossing.Crossing;
import nl.veer.control.crossing.CrossingWorld;
import nl.veer.control.crossing.TopicAudit;
import nl.veer.control.wave.Migration;
import nl.veer.control.wave.OpenLog;
import nl.veer.control.wave.Role;
import nl.veer.sandbox.postgres.SandboxPostgres;
import nl.veer.sandbox.postgres.StopMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that is not the one it was, though its address is. */
class ServerSetBackIT {
  @TempDir private Path directory;

  @Test
  @AtOnce
  void aSourceThatWasSetBackIsRecognisedAlsoWhenItHasWrittenPastTheLogsEnd() throws Exception {
    try (KeptServer source = new KeptServer(directory.resolve("source"));
        CrossingWorld world =
            CrossingWorld.on(source.server, CrossingWorld.sandbox().target(), Losses.TABLES)) {
      crossAndEnd(world, "INSERT INTO t VALUES (1, 'both')", "INSERT INTO trail VALUES ('both')");
      Path copy = source.copy("earlier");
      crossAndEnd(world, "INSERT INTO t VALUES (2, 'abandoned')", "DELETE FROM trail");
      Path later = source.copy("later");

      source.putBack(copy);
      source.server.resume();
      requireLost(world, Role.RUN, "SOURCE_BEHIND");

      world.onSource(
          "INSERT INTO t SELECT i, 'new history' FROM generate_series(2, 3000) i",
          "INSERT INTO trail VALUES ('new history')",
          "CHECKPOINT",
          "UPDATE t SET v = 'newer'");
      requireLost(world, Role.RUN, "SOURCE_BEHIND");

      source.putBack(later);
      source.recoverToANewTimeline();
      requireLost(world, Role.RUN, "SOURCE_CHANGED");

      loadAgain(world);
      crossAndEnd(world, "INSERT INTO t VALUES (9000, 'after')");
    }
  }

  @Test
  @AtOnce
  void anotherServerWithTheSameTablesIsNotTheSource() throws Exception {
    try (CrossingWorld world = CrossingWorld.with(Losses.TABLES)) {
      crossAndEnd(world, "INSERT INTO t VALUES (1, 'a')");
      String before = Losses.contents(world);
      SandboxPostgres another = CrossingWorld.sandbox().target();
      Migration there =
          new Migration(
              new SourceConnections(
                  new DatabaseEndpoint(
                      another.jdbcUrl(world.wave.wave()),
                      another.user(),
                      new Secret(another.password()),
                      Map.of())),
              world.migration().target(),
              world.migration().waves(),
              world.migration().tuning());
      OpenLog log = OpenLog.at(CrossingWorld.sandbox().kafka(), CrossingWorld.sandbox().registry());

      try (Crossing crossing = world.begin(Role.RUN, there, log)) {
        assertThat(crossing.awaitFailure().code()).isEqualTo("SOURCE_CHANGED");
      }
      assertThat(Losses.contents(world)).isEqualTo(before);
    }
  }

  @Test
  @AtOnce
  void aTargetThatWasSetBackAsAWholeIsBroughtForwardAgainExactly() throws Exception {
    try (KeptServer target = new KeptServer(directory.resolve("target"));
        CrossingWorld world =
            CrossingWorld.on(CrossingWorld.sandbox().source(), target.server, Losses.TABLES)) {
      crossAndEnd(world, "INSERT INTO t VALUES (1, 'a')", "INSERT INTO trail VALUES ('once')");
      Path copy = target.copy("earlier");
      crossAndEnd(
          world,
          "INSERT INTO t VALUES (2, 'b')",
          "INSERT INTO trail VALUES ('once'), ('again')",
          "DELETE FROM t WHERE id = 1");

      target.putBack(copy);
      target.server.resume();

      crossAndEnd(world, "INSERT INTO trail VALUES ('later')");
    }
  }

  @Test
  @AtOnce
  void aSourceThatCrashedIsTheOneItWas() throws Exception {
    try (KeptServer source = new KeptServer(directory.resolve("source"));
        CrossingWorld world =
            CrossingWorld.on(source.server, CrossingWorld.sandbox().target(), Losses.TABLES)) {
      Crossing crossing = world.cross();
      world.onSource("CHECKPOINT");
      for (int crash = 0; crash < 3; crash++) {
        world.onSource(
            "INSERT INTO t SELECT i, 'x' FROM generate_series(%d, %d) i"
                .formatted(crash * 1000, crash * 1000 + 999),
            "INSERT INTO trail VALUES ('" + crash + "')");
        crossing.awaitEqual();
        source.server.restart(crash == 0 ? StopMode.IMMEDIATE : StopMode.KILL);
      }
      crossing.awaitEqual();
      crossing.close();
      TopicAudit.of(world);
    }
  }
}
