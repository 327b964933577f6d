package nl.veer.control.cutover;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.control.cli.Veer;
import nl.veer.sandbox.postgres.SandboxPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code veer cutover} where a process has left an attempt behind, without Kafka. */
class CutoverCommandIT {
  private static SandboxPostgres server;

  @TempDir private Path data;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void start() {
    server = SandboxPostgres.startTemporary();
  }

  @AfterAll
  static void end() {
    server.close();
  }

  private int veer(Path config, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("-c", config.toString()));
    CommandLine line = Veer.commandLine();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    return line.execute(all.toArray(String[]::new));
  }

  private static void die(StillWorld world) {
    Death.in(
        progress -> world.cutover(CutoverWorld.plain(), progress, new StopSignal()),
        new CutoverState.Drained(),
        Moment.BEHIND,
        AttemptKind.REHEARSAL);
  }

  @Test
  void abortLowersTheFenceOfAKilledProcessAndIsInTheAuditLog() throws Exception {
    try (StillWorld world = StillWorld.on(server, data)) {
      String before = world.surroundings();
      die(world);
      assertThat(world.isSourceWritable()).isFalse();

      assertThat(veer(world.configured(), "cutover", "--abort")).as(err.toString()).isZero();

      assertThat(out.toString()).contains("ABORTED", "CUTOVER_ABORTED", "outage");
      world.assertAsBefore(world.attempts().get(0), before);
      assertThat(world.audit()).contains("veer cutover --abort|asked for", "|ABORTED, finished");
    }
  }

  @Test
  void resumeGoesOnAndPrintsWhatCameOfItAsJson() throws Exception {
    try (StillWorld world = StillWorld.on(server, data)) {
      die(world);

      assertThat(veer(world.configured(), "cutover", "--resume", "--json"))
          .as(err.toString())
          .isZero();

      assertThat(out.toString())
          .contains("\"state\" : \"REHEARSED\"", "\"verdict\" : \"EQUAL\"", "\"rows\" : 500");
      assertThat(world.isSourceWritable()).isTrue();
    }
  }

  @Test
  void whereNothingStandsThereIsNothingToAbortOrToGoOnWith() throws Exception {
    try (StillWorld world = StillWorld.on(server, data)) {
      assertThat(veer(world.configured(), "cutover", "--abort")).isZero();
      assertThat(veer(world.configured(), "cutover", "--resume")).isEqualTo(1);
      assertThat(out.toString()).contains("No attempt stands");
    }
  }

  @Test
  void thereIsNoFallingBackFromTheSource() throws Exception {
    try (StillWorld world = StillWorld.on(server, data)) {
      assertThat(veer(world.configured(), "fallback", "--dry-run")).isEqualTo(2);
      assertThat(err.toString()).contains("nothing to fall back from");
    }
  }

  @Test
  void aShutGateIsShownAndNothingIsFenced() throws Exception {
    try (StillWorld world = StillWorld.on(server, data)) {
      assertThat(veer(world.configured(), "cutover", "--dry-run")).isNotZero();
      assertThat(veer(world.configured(), "cutover", "--rehearse", "--yes")).isNotZero();

      assertThat(out.toString())
          .contains("The gate is shut", "FENCED     the source refuses writes to 1 tables");
      assertThat(world.attempts()).isEmpty();
    }
  }

  @Test
  void dropAndFinishAreRefusedWhileAnAttemptStands() throws Exception {
    try (StillWorld world = StillWorld.on(server, data)) {
      die(world);

      assertThat(veer(world.configured(), "drop", "--yes")).isEqualTo(1);

      assertThat(err.toString()).contains("is not finished");
      err.getBuffer().setLength(0);
      assertThat(veer(world.configured(), "finish", "--yes")).isEqualTo(1);
      assertThat(err.toString()).contains("is not finished");
      assertThat(veer(world.configured(), "cutover", "--abort")).isZero();
    }
  }
}
