package nl.veer.connectors.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.debezium.pipeline.DataChangeEvent;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;

class EventQueueTest {
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final Duration SHORT = Duration.ofMillis(20);

  private volatile Duration linger = Duration.ZERO;
  private final EventQueue queue = new EventQueue(() -> linger);

  @Test
  void givesNothingWhenNothingComesInTime() throws Exception {
    linger = LONG;
    long begin = System.nanoTime();
    assertThat(queue.take(10, SHORT)).isEmpty();
    assertThat(System.nanoTime() - begin).isGreaterThanOrEqualTo(SHORT.toNanos());
  }

  @Test
  void givesWhatWaitsInItsOrderAndNoMoreThanAskedFor() throws Exception {
    for (int number = 1; number <= 5; number++) {
      queue.add(event(number));
    }
    assertThat(queue.size()).isEqualTo(5);
    assertThat(numbers(queue.take(3, LONG))).containsExactly(1, 2, 3);
    assertThat(numbers(queue.take(3, LONG))).containsExactly(4, 5);
    assertThat(queue.poll()).isNull();
  }

  @Test
  void wakesWhoWaitsForTheFirst() throws Exception {
    CompletableFuture<List<SourceRecord>> taken = CompletableFuture.supplyAsync(this::take);
    Thread.sleep(SHORT.toMillis());
    queue.add(event(1));
    assertThat(numbers(taken.get(10, TimeUnit.SECONDS))).containsExactly(1);
  }

  @Test
  void letsTheFirstWaitForOthersButOnlyOnce() throws Exception {
    linger = Duration.ofMillis(500);
    CompletableFuture<List<SourceRecord>> taken = CompletableFuture.supplyAsync(this::take);
    queue.add(event(1));
    Thread.sleep(SHORT.toMillis());
    queue.add(event(2));
    assertThat(numbers(taken.get(10, TimeUnit.SECONDS))).containsExactly(1, 2);

    queue.add(event(3));
    Thread.sleep(2 * SHORT.toMillis());
    linger = SHORT;
    long begin = System.nanoTime();
    assertThat(numbers(queue.take(10, LONG))).containsExactly(3);
    assertThat(System.nanoTime() - begin).isLessThan(Duration.ofSeconds(5).toNanos());
  }

  @Test
  void asksEachTimeHowLongTheFirstWaits() throws Exception {
    queue.add(event(1));
    assertThat(numbers(queue.take(10, LONG))).containsExactly(1);

    linger = Duration.ofMillis(200);
    queue.add(event(2));
    long begin = System.nanoTime();
    assertThat(numbers(queue.take(10, LONG))).containsExactly(2);
    assertThat(System.nanoTime() - begin).isGreaterThan(Duration.ofMillis(150).toNanos());
  }

  private List<SourceRecord> take() {
    try {
      return queue.take(10, LONG);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Integer> numbers(List<SourceRecord> records) {
    return records.stream().map(record -> (Integer) record.value()).toList();
  }

  private static DataChangeEvent event(int number) {
    return new DataChangeEvent(new SourceRecord(null, null, "topic", Schema.INT32_SCHEMA, number));
  }
}
