package nl.veer.control.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import nl.veer.control.crossing.CommandProcess;
import nl.veer.control.crossing.CrossingWorld;
import nl.veer.control.crossing.RoleHome;
import nl.veer.control.crossing.RoleProcess;
import nl.veer.control.crossing.Shore;
import nl.veer.control.cutover.Attempt;
import nl.veer.control.cutover.CutoverState;
import nl.veer.control.wave.Role;
import nl.veer.sandbox.postgres.StopMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Cutovers and fallbacks as processes, of a wave that {@code veer run} carries, over one running
 * world. In each round something ends in a state of the attempt: the command itself, with {@code
 * kill -9}, or a server. Whatever comes of it, exactly one side takes writes, and nothing is lost.
 * Which fault meets which state is drawn; {@code -Dveer.seed} repeats it, and {@code -Dsoak} goes
 * through all pairs.
 */
class CutoverFaultIT {
  private static final boolean SOAK = System.getProperty("soak") != null;

  private static final List<CutoverState> STATES =
      CutoverState.ALL.stream().filter(state -> !isEnd(state)).toList();

  private static final String MORE =
      """
      tuning: {heartbeat: 200ms}
      verification: {ledger: true, scan: false}
      cutover: {max-outage: 60s, gate-lag: 60s}
      """;

  @TempDir private Path directory;

  private record Round(CutoverState state, CutoverFault fault) {}

  @Test
  void whateverEndsInWhicheverStateOneSideIsWritableAndNothingIsLost() throws Exception {
    long seed = Long.getLong("veer.seed", System.nanoTime());
    System.out.println("Cutover faults: -Dveer.seed=" + seed);
    try (OwnServers servers = OwnServers.start();
        CrossingWorld world =
            CrossingWorld.on(
                servers.servers(), "CREATE TABLE item (id serial PRIMARY KEY, v text)");
        RoleHome home = RoleHome.of(world, directory, MORE)) {
      world.onSource("INSERT INTO item (v) SELECT 'v' || i FROM generate_series(1, 500) i");
      RoleProcess run = home.start(Role.RUN);
      new Shore(world).awaitEqual(run);
      CutoverWatch watch = new CutoverWatch(world);
      for (Round round : rounds(new Random(seed))) {
        play(round, home, watch, servers);
        assertThat(run.isAlive()).as(run.output()).isTrue();
      }
      aFallbackIsGivenUpWhereTheSourceIsGone(home, watch, servers);
    }
  }

  /** The fence is on the target, which is home: it comes down, and the rest is done later. */
  private static void aFallbackIsGivenUpWhereTheSourceIsGone(
      RoleHome home, CutoverWatch watch, OwnServers servers) throws Exception {
    String when = "a fallback whose source is gone";
    if (watch.leg() % 2 == 0) {
      CommandProcess over = begun(new CutoverState.Prepared(), home, watch, when);
      assertThat(over.awaitExit()).as(over.output()).isZero();
    }
    int leg = watch.leg();
    CommandProcess driver = begun(new CutoverState.Proven(), home, watch, when);
    driver.kill9();
    assertThat(watch.attempts().get(0).state()).isNotEqualTo(new CutoverState.Opened());
    servers.source().stop(StopMode.KILL);

    CommandProcess early = home.command("fallback", "--abort");

    assertThat(early.awaitExit()).as(early.output()).isEqualTo(3);
    assertThat(early.output()).contains("The source is not to be had", "say --abort once more");
    assertThat(watch.attempts().get(0).isFinished()).isFalse();
    assertThat(watch.attempts().get(0).state()).isEqualTo(new CutoverState.Aborted());
    assertThat(watch.write(true, "while the source is gone")).isTrue();
    servers.source().resume();
    CommandProcess late = home.command("fallback", "--abort");
    assertThat(late.awaitExit()).as(late.output()).isZero();
    watch.assertSettledOn(leg, when);
  }

  private static void play(Round round, RoleHome home, CutoverWatch watch, OwnServers servers)
      throws Exception {
    int leg = watch.leg();
    String when = "%s in %s of leg %d".formatted(round.fault, round.state.word(), leg);
    CommandProcess driver = begun(round.state, home, watch, when);

    round.fault.strike(driver, servers);

    driver.awaitExit();
    end(round.fault, home, watch, when);
    Attempt attempt = watch.attempts().get(0);
    boolean moved = attempt.state().equals(new CutoverState.Opened());
    watch.assertSettledOn(moved ? leg + 1 : leg, when + ", which ended in " + attempt);
  }

  /** Just behind a fault the gate may be shut, or not to be read: it is asked again. */
  private static CommandProcess begun(
      CutoverState state, RoleHome home, CutoverWatch watch, String when) throws Exception {
    watch.waiveAll();
    int earlier = watch.attempts().size();
    String command = watch.leg() % 2 == 0 ? "cutover" : "fallback";
    long deadline = System.nanoTime() + CrossingWorld.PATIENCE.toNanos();
    while (true) {
      CommandProcess driver = home.command(command, "--yes", "--json");
      if (watch.awaitState(driver, earlier, state).isPresent()) {
        return driver;
      }
      boolean late = System.nanoTime() > deadline || watch.attempts().size() > earlier;
      assertThat(late).as("%s was not reached: %s", when, driver.output()).isFalse();
    }
  }

  /** As somebody would who comes to it, by what the command has left. */
  private static void end(CutoverFault fault, RoleHome home, CutoverWatch watch, String when)
      throws SQLException, InterruptedException {
    Attempt left = watch.attempts().get(0);
    List<String> said = new ArrayList<>();
    while (!left.isFinished() && said.size() < 3) {
      boolean on =
          left.state().equals(new CutoverState.Opened())
              || (fault == CutoverFault.KILLED_THEN_RESUMED
                  && !left.state().equals(new CutoverState.Aborted()));
      CommandProcess next = home.command("cutover", on ? "--resume" : "--abort");
      said.add(next + " ended with " + next.awaitExit() + ": " + next.output());
      left = watch.attempts().get(0);
      if (isKill(fault)) {
        assertThat(left.state())
            .as("%s: %s", when, said)
            .isEqualTo(on ? new CutoverState.Opened() : new CutoverState.Aborted());
      }
    }
    assertThat(left.isFinished()).as("%s: %s %s", when, left, said).isTrue();
  }

  private static List<Round> rounds(Random dice) {
    List<Round> all = new ArrayList<>();
    for (CutoverState state : STATES) {
      for (CutoverFault fault : CutoverFault.values()) {
        all.add(new Round(state, fault));
      }
    }
    Collections.shuffle(all, dice);
    return SOAK ? all : few(all);
  }

  /** The command is killed once and once more, and a server ends in between. */
  private static List<Round> few(List<Round> all) {
    List<Round> few = new ArrayList<>();
    few.add(first(all, fault -> fault == CutoverFault.KILLED_THEN_RESUMED));
    few.add(first(all, fault -> !isKill(fault)));
    few.add(first(all, fault -> fault == CutoverFault.KILLED_THEN_ABORTED));
    return few;
  }

  private static Round first(List<Round> all, Predicate<CutoverFault> which) {
    return all.stream().filter(round -> which.test(round.fault)).findFirst().orElseThrow();
  }

  private static boolean isKill(CutoverFault fault) {
    return fault == CutoverFault.KILLED_THEN_ABORTED || fault == CutoverFault.KILLED_THEN_RESUMED;
  }

  private static boolean isEnd(CutoverState state) {
    return state.equals(new CutoverState.Rehearsed()) || state.equals(new CutoverState.Aborted());
  }
}
