package nl.veer.control.dashboard.feed;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.Consumer;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.control.status.MigrationStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the status over and over, in one thread, while somebody looks: a listener, or somebody who
 * asked within the last seconds. It reads about every second; servers that are slow are asked the
 * less, see {@link ReadingPace}. Safe for use by several threads.
 */
public final class StatusFeed implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StatusFeed.class);

  /** Whoever asks once is likely to ask again. */
  private static final Duration INTEREST = Duration.ofSeconds(10);

  /** What is younger is given as it is. */
  private static final Duration FRESH = Duration.ofSeconds(3);

  /** Two heartbeats, where they are as usual. */
  private static final Duration CAUGHT_UP = Duration.ofSeconds(2);

  private final List<String> waves;
  private final Reading reading;
  private final FlowMeter meter;
  private final History history;
  private final Clock clock;
  private final StopSignal stop = new StopSignal();
  private final Set<Consumer<StatusNow>> listeners = new CopyOnWriteArraySet<>();
  private final Thread reader;

  /** All below is guarded by this. */
  private final List<CompletableFuture<StatusNow>> waiting = new ArrayList<>();

  private StatusNow now = StatusNow.NONE;
  private Instant wanted = Instant.MIN;
  private boolean sampling;

  /** What is read. */
  public interface Reading {
    /**
     * @throws Failure if there is no answer
     */
    MigrationStatus read();
  }

  private StatusFeed(List<String> waves, Reading reading, Duration caughtUp, Clock clock) {
    this.waves = List.copyOf(waves);
    this.reading = reading;
    this.meter = new FlowMeter(clock.getZone(), caughtUp);
    this.history = new History(waves, clock.instant());
    this.clock = clock;
    this.reader = new Thread(this::run, "dashboard status");
    this.reader.setDaemon(true);
  }

  /**
   * Reads nothing before somebody looks.
   *
   * @param waves the configured ones: each is in every status, if only as unknown
   */
  public static StatusFeed start(List<String> waves, Reading reading, Clock clock) {
    return start(waves, reading, CAUGHT_UP, clock);
  }

  /**
   * Reads nothing before somebody looks.
   *
   * @param waves the configured ones: each is in every status, if only as unknown
   * @param caughtUp a lag that is not longer is none, for the forecast
   * @param clock whose zone says when a day begins
   */
  public static StatusFeed start(
      List<String> waves, Reading reading, Duration caughtUp, Clock clock) {
    StatusFeed feed = new StatusFeed(waves, reading, caughtUp, clock);
    feed.reader.start();
    return feed;
  }

  /**
   * The status: the last one if that is of this moment, else the next one as soon as it is read.
   */
  public synchronized CompletableFuture<StatusNow> ask() {
    wanted = clock.instant();
    if (stop.isRaised() || (now.isFresh(FRESH, wanted) && now.trouble() == null)) {
      return CompletableFuture.completedFuture(now);
    }
    CompletableFuture<StatusNow> next = new CompletableFuture<>();
    waiting.add(next);
    notifyAll();
    return next;
  }

  /** Has it read once, if there is nothing of this moment; nobody becomes interested by that. */
  synchronized void sample() {
    if (!now.isFresh(FRESH, clock.instant()) || now.trouble() != null) {
      sampling = true;
      notifyAll();
    }
  }

  /**
   * Remembers what the feed or another reader has read; the feed's own status stays what it is.
   *
   * @param at when that began
   */
  Map<String, WaveMeasures> remember(Instant at, MigrationStatus status) {
    MigrationStatus all = status.over(waves);
    Map<String, WaveMeasures> measures = meter.observe(at, all);
    history.add(at, all, measures);
    return measures;
  }

  /** Whether nobody looks, so that nothing is read. */
  boolean isIdle() {
    return reader.getState() == Thread.State.WAITING;
  }

  /** What is remembered of all that was read. */
  public History history() {
    return history;
  }

  /** The last one, whatever its age. */
  public synchronized StatusNow last() {
    return now;
  }

  /** Is told of every reading, in the reader's thread, until it is closed; must not block. */
  public Listening listen(Consumer<StatusNow> listener) {
    listeners.add(listener);
    synchronized (this) {
      notifyAll();
    }
    return () -> listeners.remove(listener);
  }

  /** Ends with {@link #close}. */
  public interface Listening extends AutoCloseable {
    @Override
    void close();
  }

  private void run() {
    while (awaitInterest()) {
      long begun = System.nanoTime();
      StatusNow next = look();
      List<CompletableFuture<StatusNow>> told;
      synchronized (this) {
        now = next;
        told = List.copyOf(waiting);
        waiting.clear();
        sampling = false;
      }
      told.forEach(one -> one.complete(next));
      listeners.forEach(listener -> tell(listener, next));
      stop.await(ReadingPace.rest(Duration.ofNanos(System.nanoTime() - begun)));
    }
  }

  /** One that fails keeps nobody else from being told. */
  private static void tell(Consumer<StatusNow> listener, StatusNow next) {
    try {
      listener.accept(next);
    } catch (RuntimeException | Error e) {
      LOG.atError().addKeyValue("error", e.getClass().getName()).log("A listener failed");
    }
  }

  private synchronized boolean awaitInterest() {
    try {
      while (!stop.isRaised()
          && waiting.isEmpty()
          && !sampling
          && listeners.isEmpty()
          && (wanted.equals(Instant.MIN)
              || Duration.between(wanted, clock.instant()).abs().compareTo(INTEREST) > 0)) {
        wait();
      }
    } catch (InterruptedException e) {
      return false;
    }
    return !stop.isRaised();
  }

  private StatusNow look() {
    StatusNow before = last();
    try {
      Instant at = clock.instant();
      MigrationStatus read = reading.read();
      Duration took = Duration.between(at, clock.instant());
      return before.read(
          read.over(waves), at, took.isNegative() ? Duration.ZERO : took, remember(at, read));
    } catch (Failure failure) {
      return before.failed(failure.code() + ": " + failure.getMessage());
    } catch (RuntimeException | Error e) {
      // Without the words: they may quote what was worked on.
      if (!stop.isRaised()) {
        LOG.atError().addKeyValue("error", e.getClass().getName()).log("The status was not read");
      }
      return before.failed("INTERNAL: the status could not be read; see the log file.");
    }
  }

  /** Whoever waits is given what there is. A reading under way is not waited for. */
  @Override
  public void close() {
    List<CompletableFuture<StatusNow>> left;
    StatusNow last;
    stop.raise();
    synchronized (this) {
      last = now;
      left = List.copyOf(waiting);
      waiting.clear();
      notifyAll();
    }
    reader.interrupt();
    left.forEach(one -> one.complete(last));
  }
}
