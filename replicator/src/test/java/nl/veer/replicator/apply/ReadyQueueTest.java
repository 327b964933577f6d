package nl.veer.replicator.apply;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class ReadyQueueTest {
  private static final Duration SOON = Duration.ofSeconds(10);

  private final ReadyQueue queue = new ReadyQueue(100);

  @Test
  void onePortionAlwaysFits() throws Exception {
    assertThat(queue.put(portion(1_000))).isTrue();
  }

  /** What is being applied takes memory like what waits. */
  @Test
  void whatIsInHandCountsUntilItIsApplied() throws Exception {
    queue.put(portion(90));
    Objects.requireNonNull(queue.take(SOON));
    CompletableFuture<Boolean> next = CompletableFuture.supplyAsync(() -> put(portion(20)));
    Awaitility.await().during(Duration.ofMillis(100)).until(() -> !next.isDone());

    queue.applied();

    assertThat(next.get()).isTrue();
    assertThat(queue.isEmpty()).isFalse();
  }

  @Test
  void aClosedQueueTakesNothingAndKeepsNobodyWaiting() throws Exception {
    queue.put(portion(90));
    CompletableFuture<Boolean> next = CompletableFuture.supplyAsync(() -> put(portion(20)));

    queue.close();

    assertThat(next.get()).isFalse();
  }

  private boolean put(Portion portion) {
    try {
      return queue.put(portion);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static Portion portion(long weight) {
    return new Portion(1, "1", true, null, 1, weight, weight, 0, true, List.of());
  }
}
