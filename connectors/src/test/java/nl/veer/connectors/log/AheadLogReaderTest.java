package nl.veer.connectors.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import nl.veer.connectors.event.EventPlace;
import nl.veer.connectors.event.Heartbeat;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import org.junit.jupiter.api.Test;

class AheadLogReaderTest {
  private static final Duration LONG = Duration.ofSeconds(10);
  private static final Duration SHORT = Duration.ofMillis(1);

  /** Three records a poll, and a failure once at each offset that has one. */
  private static final class Records implements LogReader {
    private static final int POLL = 3;
    private final int size;
    private final int recordBytes;
    private final List<Integer> failing = new ArrayList<>();
    private final AtomicInteger polls = new AtomicInteger();
    private final AtomicInteger users = new AtomicInteger();
    private volatile int at;
    private volatile boolean closed;

    Records(int size, int recordBytes) {
      this.size = size;
      this.recordBytes = recordBytes;
    }

    private void alone(Runnable use) {
      if (users.incrementAndGet() > 1 || closed) {
        throw new IllegalStateException("Used by two at once, or after its end");
      }
      use.run();
      users.decrementAndGet();
    }

    @Override
    public String logId() {
      return "log";
    }

    @Override
    public long beginOffset() {
      alone(() -> {});
      return 0;
    }

    @Override
    public long endOffset() {
      alone(() -> {});
      return size;
    }

    @Override
    public boolean isAtEnd() {
      alone(() -> {});
      return at == size;
    }

    @Override
    public void seek(long offset) {
      alone(() -> at = (int) offset);
    }

    @Override
    public List<LoggedEvent> poll(Duration timeout) {
      List<LoggedEvent> events = new ArrayList<>();
      alone(
          () -> {
            polls.incrementAndGet();
            while (at < size && events.size() < POLL && !failing.contains(at)) {
              events.add(event(at));
              at++;
            }
            if (at == size && events.isEmpty()) {
              LockSupport.parkNanos(timeout.toNanos() / 100);
            }
          });
      if (events.isEmpty() && failing.remove((Integer) at)) {
        throw new Failure(FailureKind.TRANSIENT, "AWAY", "No answer at " + at);
      }
      return events;
    }

    private LoggedEvent event(int offset) {
      return new LoggedEvent(
          offset, recordBytes, new Heartbeat(new EventPlace(offset, 1), Instant.EPOCH));
    }

    @Override
    public void close() {
      alone(() -> closed = true);
    }
  }

  private static List<Long> read(LogReader reader, int count) {
    List<Long> offsets = new ArrayList<>();
    while (offsets.size() < count) {
      reader.poll(LONG).forEach(event -> offsets.add(event.offset()));
    }
    return offsets;
  }

  @Test
  void givesAllInOrder() {
    Records records = new Records(1_000, 10);
    try (AheadLogReader reader = new AheadLogReader(records, "ahead")) {
      List<Long> offsets = read(reader, 1_000);
      assertThat(offsets).isSorted().doesNotHaveDuplicates().hasSize(1_000);
      assertThat(reader.poll(SHORT)).isEmpty();
      assertThat(reader.isAtEnd()).isTrue();
    }
    assertThat(records.closed).isTrue();
  }

  @Test
  void readsOneLargerPollAheadAndNoMore() {
    readsAhead(200 << 10, 3);
  }

  @Test
  void readsSeveralSmallPollsAheadAndNoMore() {
    readsAhead(50 << 10, 12);
  }

  private static void readsAhead(int recordBytes, int records) {
    Records log = new Records(1_000, recordBytes);
    try (AheadLogReader reader = new AheadLogReader(log, "ahead")) {
      reader.poll(LONG);
      await().until(() -> log.at == Records.POLL + records);
      assertThat(reader.beginOffset()).isZero();
      assertThat(log.at).isEqualTo(Records.POLL + records);
      assertThat(reader.isAtEnd()).isFalse();
    }
  }

  @Test
  void readsNothingBesideALargePoll() {
    Records records = new Records(1_000, 6 << 20);
    try (AheadLogReader reader = new AheadLogReader(records, "ahead")) {
      assertThat(reader.poll(LONG)).hasSize(3);
      assertThat(reader.endOffset()).isEqualTo(1_000);
      assertThat(records.at).isEqualTo(3);
      assertThat(read(reader, 6)).startsWith(3L, 4L, 5L, 6L);
    }
  }

  /** What is read but not given yet is not the log's end. */
  @Test
  void isNotAtTheEndBeforeAllIsGiven() {
    Records records = new Records(4, 10);
    try (AheadLogReader reader = new AheadLogReader(records, "ahead")) {
      reader.poll(LONG);
      await().until(() -> records.at == 4);
      assertThat(reader.isAtEnd()).isFalse();
      assertThat(read(reader, 1)).containsExactly(3L);
      assertThat(reader.isAtEnd()).isTrue();
    }
  }

  @Test
  void aFailureIsThrownWhereItStandsAndReadingGoesOnBehindIt() {
    Records records = new Records(10, 10);
    records.failing.addAll(List.of(0, 4));
    try (AheadLogReader reader = new AheadLogReader(records, "ahead")) {
      assertThatThrownBy(() -> reader.poll(LONG)).hasMessageContaining("at 0");
      assertThat(read(reader, 4)).containsExactly(0L, 1L, 2L, 3L);
      assertThatThrownBy(() -> reader.poll(LONG)).hasMessageContaining("at 4");
      assertThat(read(reader, 6)).containsExactly(4L, 5L, 6L, 7L, 8L, 9L);
    }
  }

  @Test
  void whatWasReadAheadIsForgottenWhenItsReaderGoesElsewhere() {
    Records records = new Records(100, 10);
    try (AheadLogReader reader = new AheadLogReader(records, "ahead")) {
      for (int run = 0; run < 200; run++) {
        reader.seek(run % 50);
        assertThat(read(reader, 4)).startsWith((long) run % 50, run % 50 + 1L, run % 50 + 2L);
      }
    }
  }

  @Test
  void aReaderThatHasNothingEndsAtOnce() {
    Records records = new Records(0, 10);
    AheadLogReader reader = new AheadLogReader(records, "ahead");
    await().until(() -> records.polls.get() > 2);
    reader.close();
    assertThat(records.closed).isTrue();
    int polls = records.polls.get();
    LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    assertThat(records.polls.get()).isEqualTo(polls);
  }
}
