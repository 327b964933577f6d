package nl.veer.control.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import nl.veer.connectors.event.WaveId;
import nl.veer.control.crossing.Crossing;
import nl.veer.control.crossing.CrossingWorld;
import nl.veer.control.status.WaveState;
import nl.veer.control.status.WaveStatus;
import nl.veer.sandbox.link.Fault;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * A way on which nothing comes through, while a client writes to the source: the role says so and
 * tries again without haste, and the lag grows. After that the way is healed, or is not.
 *
 * @param cold whether the fault is there before the roles are; else they are at work
 */
record Outage(Way way, Fault fault, boolean cold) {
  /** Beyond every limit in Veer, on a slow machine. */
  static final Duration NOTICED = Duration.ofSeconds(150);

  /** As long as {@code veer run} waits for its roles. */
  static final Duration TO_STOP = Duration.ofSeconds(30);

  /** Connection attempts that one role may make in a second, on average, over the outage. */
  private static final double ATTEMPTS_PER_SECOND = 8;

  /** Longer than the longest pause, and than the longest wait for an answer, in Veer. */
  private static final Duration STEADY = Duration.ofSeconds(12);

  /** Until then, the lag is that of what came through last. */
  private static final Duration OVERDUE = Duration.ofSeconds(2);

  /** Of a table that nobody has written to before, both registries' clients know no schema. */
  private static final String FRESH = "CREATE TABLE fresh (id int PRIMARY KEY)";

  static Outage of(Way way, Fault fault) {
    return new Outage(way, fault, way.isForTheLoad());
  }

  Scene thatHeals(Duration atLeast) {
    return new Scene(this + " heals", () -> play(atLeast, Outage::heal));
  }

  Scene forGood() {
    return new Scene(this + " for good", () -> play(Duration.ZERO, Outage::stop));
  }

  private interface Ending {
    void of(Outage outage, LinkedWorld linked, Scribe scribe) throws Exception;
  }

  private void play(Duration atLeast, Ending ending) throws Exception {
    CrossingWorld world = CrossingWorld.with(Scribe.TABLE, Scribe.IDENTITY, FRESH);
    Map<Way, Fault> ill = cold ? Map.of(way, fault) : Map.of();
    try (LinkedWorld linked = LinkedWorld.over(world, Set.of(way), ill);
        Scribe scribe = Scribe.start(world, 20)) {
      if (!cold) {
        linked.replicator().awaitReplicating();
        linked.replicator().awaitApplied();
      }
      long attempts = linked.link(way).accepted();
      long begin = System.nanoTime();
      linked.link(way).suffer(fault);
      world.onSource("INSERT INTO fresh VALUES (1)");
      suffer(linked, begin);
      await("the outage to last", () -> System.nanoTime() - begin > atLeast.toNanos());
      double seconds = (System.nanoTime() - begin) / 1e9;
      assertThat((linked.link(way).accepted() - attempts) / seconds)
          .isLessThan(ATTEMPTS_PER_SECOND);
      ending.of(this, linked, scribe);
    }
  }

  private void suffer(LinkedWorld linked, long begin) {
    Crossing role = way.isOfCapture() ? linked.capture() : linked.replicator();
    awaitNoticed(role, linked.world.wave);
    Duration noticed = Duration.ofNanos(System.nanoTime() - begin);
    System.out.printf("MEASURED %s: noticed after %.1f s%n", this, noticed.toMillis() / 1e3);
    BusyThreads busy = BusyThreads.of(linked.world.wave);
    assertThat(says(role)).as(String.valueOf(role.status())).isTrue();
    Long lag = linked.replicator().status().lagMillis();
    if (!cold) {
      assertThat(lag).isGreaterThan(noticed.minus(OVERDUE).toMillis() / 2);
    }
    Awaitility.await(this + " said all the time")
        .atMost(NOTICED)
        .during(STEADY)
        .until(() -> says(role));
    busy.assertNoneOver(STEADY);
    if (!cold) {
      assertThat(linked.replicator().status().lagMillis())
          .isGreaterThan(Objects.requireNonNull(lag) + STEADY.toMillis() / 2);
    }
  }

  private void awaitNoticed(Crossing role, WaveId wave) {
    try {
      await(this + " noticed", () -> role.status().state() == WaveState.RETRYING);
    } catch (ConditionTimeoutException e) {
      throw new AssertionError(
          "%s was not noticed: %s%n%s".formatted(this, role.status(), Stacks.of(wave)), e);
    }
  }

  private boolean says(Crossing role) {
    WaveStatus status = role.status();
    String failure = status.failure();
    return status.state() == WaveState.RETRYING
        && failure != null
        && way.codes().stream().anyMatch(failure::startsWith);
  }

  private void heal(LinkedWorld linked, Scribe scribe) throws Exception {
    linked.link(way).heal();
    if (cold) {
      linked.replicator().awaitReplicating();
    }
    linked.replicator().awaitApplied();
    scribe.close();
    linked.replicator().awaitEqual();
    scribe.assertAcknowledgedIsThere();
    assertThat(linked.audit().transactions()).isPositive();
  }

  private void stop(LinkedWorld linked, Scribe scribe) throws Exception {
    Duration took = linked.stop();
    System.out.printf("MEASURED %s: stopped in %.1f s%n", this, took.toMillis() / 1e3);
    assertThat(took).isLessThan(TO_STOP);
    assertThat(roles(linked)).isEmpty();
  }

  /** Threads of the wave's roles that are still there. */
  static Stream<String> roles(LinkedWorld linked) {
    Set<String> names = Set.of("capture " + linked.world.wave, "replicate " + linked.world.wave);
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(names::contains);
  }

  private static void await(String what, Callable<Boolean> condition) {
    Awaitility.await(what).atMost(NOTICED).until(condition);
  }
}
