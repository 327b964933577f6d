package nl.veer.control.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import nl.veer.control.crossing.CrossingWorld;
import nl.veer.sandbox.link.Fault;
import nl.veer.sandbox.link.Fault.Side;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Links that fall silent, one for each wave and all at the same time: TCP stays up, and nobody
 * tells anybody. A black hole is to be said by the role; a half-open connection is to be left for a
 * new one, which comes through.
 */
class SilenceIT {
  private static final Fault SILENT = new Fault.BlackHole();
  private static final Duration AT_LEAST = Duration.ofSeconds(30);

  private static final Map<String, String> SOON_EXPIRED =
      Map.of(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, "2000");

  /** Brokers look for expired transactions every ten seconds. */
  private static final Duration EXPIRED = Duration.ofSeconds(14);

  /** In one of them at least, a transaction is open. */
  private static final int ROUNDS = 2;

  private record HalfOpen(Way way, Side believing) {
    Scene scene() {
      return new Scene(toString(), () -> half(this));
    }
  }

  private static final List<Outage> SILENCES =
      List.of(
          Outage.of(Way.REPLICATOR_TO_KAFKA, SILENT),
          Outage.of(Way.CAPTURE_TO_REGISTRY, SILENT),
          Outage.of(Way.REPLICATOR_TO_REGISTRY, SILENT),
          new Outage(Way.CAPTURE_TO_REGISTRY, SILENT, true),
          new Outage(Way.REPLICATOR_TO_REGISTRY, SILENT, true));

  private static final List<HalfOpen> HALVES =
      List.of(
          new HalfOpen(Way.CAPTURE_TO_SOURCE, Side.FAR),
          new HalfOpen(Way.REPLICATOR_TO_TARGET, Side.NEAR));

  private static final List<Outage> LONG_SILENCES =
      List.of(
          Outage.of(Way.CAPTURE_TO_SOURCE, SILENT),
          Outage.of(Way.CAPTURE_TO_KAFKA, SILENT),
          Outage.of(Way.REPLICATOR_TO_SOURCE, SILENT),
          Outage.of(Way.REPLICATOR_TO_TARGET, SILENT));

  private static final List<HalfOpen> OTHER_HALVES =
      List.of(
          new HalfOpen(Way.CAPTURE_TO_SOURCE, Side.NEAR),
          new HalfOpen(Way.CAPTURE_TO_KAFKA, Side.NEAR),
          new HalfOpen(Way.CAPTURE_TO_KAFKA, Side.FAR),
          new HalfOpen(Way.REPLICATOR_TO_KAFKA, Side.NEAR),
          new HalfOpen(Way.REPLICATOR_TO_TARGET, Side.FAR));

  @TestFactory
  Stream<DynamicTest> silentServersAreNoticedAndHalfOpenConnectionsLeft() {
    return Scene.atOnce(
        Stream.concat(
                scenes(SILENCES, HALVES),
                Stream.of(new Scene("an expired Kafka transaction", SilenceIT::expire)))
            .toList());
  }

  @TestFactory
  @EnabledIfSystemProperty(
      named = "soak",
      matches = ".*",
      disabledReason = "waits for minutes: run it with -Dsoak")
  Stream<DynamicTest> soAreThoseThatAreGivenMoreTime() {
    return Scene.atOnce(scenes(LONG_SILENCES, OTHER_HALVES).toList());
  }

  private static Stream<Scene> scenes(List<Outage> silences, List<HalfOpen> halves) {
    return Stream.concat(
        silences.stream().map(one -> one.thatHeals(AT_LEAST)),
        halves.stream().map(HalfOpen::scene));
  }

  /**
   * The broker gives a transaction up whose writer it does not hear of, and fences the writer, as
   * if another had taken over. It hears the writer's records, and the writer not its answer.
   */
  private static void expire() throws Exception {
    Way way = Way.CAPTURE_TO_KAFKA;
    CrossingWorld world = CrossingWorld.with(Scribe.TABLE, Scribe.IDENTITY);
    try (LinkedWorld linked = LinkedWorld.over(world, Set.of(way), Map.of(), SOON_EXPIRED);
        Scribe scribe = Scribe.start(world, 2)) {
      linked.replicator().awaitReplicating();
      for (int round = 0; round < ROUNDS; round++) {
        linked.replicator().awaitApplied();
        linked.link(way).suffer(new Fault.OneWay(Side.FAR));
        long begin = System.nanoTime();
        Awaitility.await("the transaction to expire")
            .atMost(EXPIRED.multipliedBy(2))
            .until(() -> System.nanoTime() - begin > EXPIRED.toNanos());
        linked.link(way).heal();
      }
      linked.replicator().awaitApplied();

      scribe.close();
      linked.replicator().awaitEqual();
      scribe.assertAcknowledgedIsThere();
      assertThat(linked.audit().transactions()).isPositive();
    }
  }

  private static void half(HalfOpen half) throws Exception {
    try (LinkedWorld linked = LinkedWorld.over(Set.of(half.way()), Scribe.TABLE, Scribe.IDENTITY);
        Scribe scribe = Scribe.start(linked.world, 20)) {
      linked.replicator().awaitReplicating();
      linked.replicator().awaitApplied();

      long begin = System.nanoTime();
      linked.link(half.way()).suffer(new Fault.HalfOpen(half.believing()));
      linked.replicator().awaitApplied();

      System.out.printf(
          "MEASURED %s: left after %.1f s%n", half, (System.nanoTime() - begin) / 1e9);
      scribe.close();
      linked.replicator().awaitEqual();
      scribe.assertAcknowledgedIsThere();
      assertThat(linked.audit().transactions()).isPositive();
    }
  }
}
