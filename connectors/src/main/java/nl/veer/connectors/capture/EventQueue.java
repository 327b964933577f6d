package nl.veer.connectors.capture;

import io.debezium.pipeline.DataChangeEvent;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * What waits between Debezium's reader and the publisher, beside the rows. Debezium's own look at
 * its queue takes its time even where records wait, and spends up to a millisecond of each look in
 * a loop; here one waits that sleeps until something comes. Debezium bounds the number. Safe for
 * several threads.
 */
final class EventQueue {
  private final Queue<DataChangeEvent> events = new ArrayDeque<>();
  private final Supplier<Duration> linger;

  /** When the first of those that wait came; of {@code nanoTime}. */
  private long since;

  /**
   * @param linger how long the first one waits for others to go with it; asked each time
   */
  EventQueue(Supplier<Duration> linger) {
    this.linger = linger;
  }

  synchronized void add(DataChangeEvent event) {
    if (events.isEmpty()) {
      since = System.nanoTime();
      notifyAll();
    }
    events.add(event);
  }

  synchronized @Nullable DataChangeEvent poll() {
    return events.poll();
  }

  synchronized int size() {
    return events.size();
  }

  /**
   * Takes what waits, in its order.
   *
   * @param most how much at once
   * @param patience until something comes
   * @return nothing if nothing came
   */
  List<SourceRecord> take(int most, Duration patience) throws InterruptedException {
    long first = awaitFirst(patience.toNanos());
    long rest = first + linger.get().toNanos() - System.nanoTime();
    if (rest > 0 && size() > 0) {
      TimeUnit.NANOSECONDS.sleep(rest);
    }
    return drain(most);
  }

  /** Returns since when the first one waits. */
  private synchronized long awaitFirst(long patienceNanos) throws InterruptedException {
    long deadline = System.nanoTime() + patienceNanos;
    long left = patienceNanos;
    while (events.isEmpty() && left > 0) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
      left = deadline - System.nanoTime();
    }
    return since;
  }

  private synchronized List<SourceRecord> drain(int most) {
    List<SourceRecord> drained = new ArrayList<>(Math.min(most, events.size()));
    while (drained.size() < most && !events.isEmpty()) {
      drained.add(events.remove().getRecord());
    }
    return drained;
  }
}
