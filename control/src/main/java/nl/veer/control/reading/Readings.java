package nl.veer.control.reading;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import nl.veer.connectors.failure.StopSignal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads again and again, on a thread of its own, and keeps the last reading for whoever asks: to
 * ask waits for nothing. A reader that hangs is told by the age of what it read last. Safe for use
 * by several threads.
 */
public final class Readings implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Readings.class);

  /** Between two readings. */
  public static final Duration PACE = Duration.ofSeconds(5);

  /** What was read longer ago is nothing that anybody knows now. */
  public static final Duration STALE = Duration.ofSeconds(60);

  /** One that waits for a database is not waited for: it holds nothing. */
  private static final Duration END = Duration.ofSeconds(1);

  private final ReadingSource source;
  private final List<Consumer<MigrationReading>> told;
  private final Duration pace;
  private final StopSignal stop = new StopSignal();
  private final Thread thread;
  private volatile Kept last = new Kept(null, Instant.now());

  /** The time that has passed since is measured too: the clock may be set back. */
  private record Kept(@Nullable MigrationReading reading, Instant at, long nanos) {
    Kept(@Nullable MigrationReading reading, Instant at) {
      this(reading, at, System.nanoTime());
    }

    Duration silence(Instant now) {
      Duration passed = Duration.ofNanos(System.nanoTime() - nanos);
      Duration said = Duration.between(at, now);
      return said.compareTo(passed) > 0 ? said : passed;
    }
  }

  private Readings(ReadingSource source, List<Consumer<MigrationReading>> told, Duration pace) {
    this.source = source;
    this.told = List.copyOf(told);
    this.pace = pace;
    this.thread = new Thread(this::run, "readings");
    thread.setDaemon(true);
  }

  /**
   * Begins to read.
   *
   * @param told of each reading, on the reader's thread; must not block
   */
  public static Readings start(
      ReadingSource source, List<Consumer<MigrationReading>> told, Duration pace) {
    Readings readings = new Readings(source, told, pace);
    readings.thread.start();
    return readings;
  }

  private void run() {
    try (source) {
      do {
        once();
      } while (!stop.await(pace));
    }
  }

  /** Whatever goes wrong in a reading is no reason to stop reading. */
  private void once() {
    try {
      MigrationReading reading = source.read();
      last = new Kept(reading, reading.at());
      told.forEach(one -> one.accept(reading));
    } catch (RuntimeException e) {
      LOG.atWarn().setCause(e).log("What the roles do could not be read; trying again");
    }
  }

  /** The last one, however old; empty before the first. */
  public Optional<MigrationReading> last() {
    return Optional.ofNullable(last.reading);
  }

  /** The last one, if it says what is so now. */
  public Optional<MigrationReading> fresh(Instant now) {
    Kept kept = last;
    return Optional.ofNullable(kept.reading)
        .filter(reading -> kept.silence(now).compareTo(STALE) <= 0);
  }

  /** Since the last reading, or since the beginning while there is none. */
  public Duration silence(Instant now) {
    return last.silence(now);
  }

  /** Ends the reader; waits a moment for it, and no longer. */
  @Override
  public void close() {
    stop.raise();
    try {
      thread.join(END.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
