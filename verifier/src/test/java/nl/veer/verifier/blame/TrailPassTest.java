package nl.veer.verifier.blame;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import nl.veer.connectors.event.LogEvent;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.connectors.log.LogReader;
import nl.veer.connectors.log.LoggedEvent;
import nl.veer.verifier.blame.RowTrail.Reach;
import org.junit.jupiter.api.Test;

/** A reading for somebody who may go: how much is read, and when it ends. */
class TrailPassTest {
  private static final int FAST = 1_000_000_000;
  private static final Duration LONG = Duration.ofMinutes(5);

  private final List<LogEvent> read = new ArrayList<>();
  private final List<String> told = new ArrayList<>();
  private boolean wanted = true;

  @Test
  void aTopicThatIsShortIsReadAsAWhole() {
    assertThat(run(new Shelf(0, 40), bounds(100))).isEqualTo(Reach.WHOLE);
    assertThat(read).hasSize(40);
    assertThat(told).endsWith("log 40 of 40");
  }

  @Test
  void aTopicWhoseBeginningIsGoneIsNotWhole() {
    assertThat(run(new Shelf(7, 47), bounds(100))).isEqualTo(Reach.BEGINNING_GONE);
    assertThat(read).hasSize(40);
  }

  @Test
  void ofALongTopicTheNewestPartIsRead() {
    Shelf shelf = new Shelf(0, 1_000);

    assertThat(run(shelf, bounds(100))).isEqualTo(Reach.NEWEST);
    assertThat(read).hasSize(100);
    assertThat(shelf.sought).isEqualTo(900);
  }

  @Test
  void anEmptyTopicAndOneWhoseLastRecordsAreKafkasOwnHaveAnEnd() {
    assertThat(run(new Shelf(0, 0), bounds(100))).isEqualTo(Reach.WHOLE);
    Shelf marked = new Shelf(0, 40);
    marked.markers = 2;
    assertThat(run(marked, bounds(100))).isEqualTo(Reach.WHOLE);
    assertThat(read).hasSize(38);
  }

  @Test
  void whoHasGoneIsNotReadFor() {
    wanted = false;
    assertThat(run(new Shelf(0, 40), bounds(100))).isEqualTo(Reach.OUT_OF_TIME);
    assertThat(read).isEmpty();
  }

  @Test
  void aReadingEndsWithItsTime() {
    TrailPass.Bounds none = new TrailPass.Bounds(100, FAST, Duration.ofNanos(1));
    assertThat(run(new Shelf(0, 40), none)).isEqualTo(Reach.OUT_OF_TIME);
  }

  @Test
  void aReadingKeepsItsPace() {
    long begun = System.nanoTime();
    run(new Shelf(0, 40), new TrailPass.Bounds(100, 400, LONG));
    assertThat(Duration.ofNanos(System.nanoTime() - begun))
        .isGreaterThanOrEqualTo(Duration.ofMillis(100));
  }

  private static TrailPass.Bounds bounds(long records) {
    return new TrailPass.Bounds(records, FAST, LONG);
  }

  private Reach run(Shelf shelf, TrailPass.Bounds bounds) {
    TrailSearch.Waiting waiting =
        new TrailSearch.Waiting() {
          @Override
          public boolean isWanted() {
            return wanted;
          }

          @Override
          public void at(String topic, long done, long of) {
            told.add("%s %d of %d".formatted(topic, done, of));
          }
        };
    return new TrailPass(bounds, new StopSignal(), waiting).run("log", shelf, read::add);
  }

  /** A topic of nothing but inserts, ten at a time. */
  private static final class Shelf implements LogReader {
    private final long begin;
    private final long end;
    private long next;
    private long sought;
    private int markers;

    Shelf(long begin, long end) {
      this.begin = begin;
      this.end = end;
    }

    @Override
    public String logId() {
      return "shelf";
    }

    @Override
    public long beginOffset() {
      return begin;
    }

    @Override
    public long endOffset() {
      return end;
    }

    @Override
    public boolean isAtEnd() {
      return next >= end - markers;
    }

    @Override
    public void seek(long offset) {
      next = offset;
      sought = offset;
    }

    @Override
    public List<LoggedEvent> poll(Duration timeout) {
      List<LoggedEvent> events = new ArrayList<>();
      while (events.size() < 10 && next < end - markers) {
        events.add(new LoggedEvent(next++, 1, ItemEvents.insert(1, "a")));
      }
      return events;
    }

    @Override
    public void close() {}
  }
}
