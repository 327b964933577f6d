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

  private final EventQueue queue = new EventQueue();

  @Test
  void givesNothingWhenNothingComesInTime() throws Exception {
    long begin = System.nanoTime();
    assertThat(queue.take(10, SHORT, LONG)).isEmpty();
    assertThat(System.nanoTime() - begin).isGreaterThanOrEqualTo(SHORT.toNanos());
  }

  @Test
  void givesWhatWaitsInItsOrderAndNoMoreThanAskedFor() throws Exception {
    for (int number = 1; number <= 5; number++) {
      queue.add(event(number));
    }
    assertThat(queue.size()).isEqualTo(5);
    assertThat(numbers(queue.take(3, LONG, Duration.ZERO))).containsExactly(1, 2, 3);
    assertThat(numbers(queue.take(3, LONG, Duration.ZERO))).containsExactly(4, 5);
    assertThat(queue.poll()).isNull();
  }

  @Test
  void wakesWhoWaitsForTheFirst() throws Exception {
    CompletableFuture<List<SourceRecord>> taken =
        CompletableFuture.supplyAsync(() -> take(LONG, Duration.ZERO));
    Thread.sleep(SHORT.toMillis());
    queue.add(event(1));
    assertThat(numbers(taken.get(10, TimeUnit.SECONDS))).containsExactly(1);
  }

  @Test
  void letsTheFirstWaitForOthersButOnlyOnce() throws Exception {
    CompletableFuture<List<SourceRecord>> taken =
        CompletableFuture.supplyAsync(() -> take(LONG, Duration.ofMillis(500)));
    queue.add(event(1));
    Thread.sleep(SHORT.toMillis());
    queue.add(event(2));
    assertThat(numbers(taken.get(10, TimeUnit.SECONDS))).containsExactly(1, 2);

    queue.add(event(3));
    Thread.sleep(2 * SHORT.toMillis());
    long begin = System.nanoTime();
    assertThat(numbers(queue.take(10, LONG, SHORT))).containsExactly(3);
    assertThat(System.nanoTime() - begin).isLessThan(Duration.ofSeconds(5).toNanos());
  }

  private List<SourceRecord> take(Duration patience, Duration linger) {
    try {
      return queue.take(10, patience, linger);
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
