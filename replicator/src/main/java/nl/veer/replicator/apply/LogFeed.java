package nl.veer.replicator.apply;

import java.time.Duration;
import java.util.List;
import java.util.function.LongConsumer;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.connectors.log.LogReader;
import nl.veer.connectors.log.LoggedEvent;

/**
 * Reads, assembles and converts the log on a thread of its own, ahead of the applier as far as the
 * queue has room. Owns the reader from {@link #start} on.
 */
final class LogFeed implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(100);

  /** A reader that waits for a silent broker may end by itself in this time. */
  private static final Duration GRACE = Duration.ofSeconds(2);

  private static final long END_LOOK_NANOS = Duration.ofSeconds(1).toNanos();

  private final LogReader reader;
  private final Assembler assembler;
  private final WaveTables tables;
  private final ReadyQueue queue;
  private final LongConsumer logEnd;
  private final Thread thread;
  private volatile boolean closed;

  /** When the log last answered, and since when its answers are empty; of {@code nanoTime}. */
  private volatile long answered;

  private volatile long emptySince;

  private LogFeed(
      LogReader reader,
      Assembler assembler,
      WaveTables tables,
      ReadyQueue queue,
      LongConsumer logEnd,
      String name) {
    this.reader = reader;
    this.assembler = assembler;
    this.tables = tables;
    this.queue = queue;
    this.logEnd = logEnd;
    this.thread = new Thread(this::run, name);
  }

  /**
   * @param logEnd told of the log's end about every second
   */
  static LogFeed start(
      LogReader reader,
      Assembler assembler,
      WaveTables tables,
      ReadyQueue queue,
      LongConsumer logEnd,
      String name) {
    LogFeed feed = new LogFeed(reader, assembler, tables, queue, logEnd, name);
    feed.thread.setDaemon(true);
    feed.thread.start();
    return feed;
  }

  private void run() {
    try (LogReader owned = reader) {
      emptySince = System.nanoTime();
      long looked = System.nanoTime() - END_LOOK_NANOS;
      while (!closed) {
        List<LoggedEvent> read = owned.poll(POLL);
        tables.polled();
        for (LoggedEvent logged : read) {
          LogTransaction ready = assembler.accept(logged);
          if (ready != null && !queue.put(tables.portion(ready))) {
            return;
          }
        }
        if (!read.isEmpty()) {
          emptySince = System.nanoTime();
        }
        if (System.nanoTime() - looked >= END_LOOK_NANOS) {
          looked = System.nanoTime();
          logEnd.accept(owned.endOffset());
        }
        answered = System.nanoTime();
      }
    } catch (Failure failure) {
      queue.fail(failure);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (OutOfMemoryError e) {
      queue.fail(
          new Failure(
              FailureKind.CONFIGURATION,
              "OUT_OF_MEMORY",
              "The heap is too small for what the log holds. Raise -Xmx, or lower"
                  + " tuning.batch-bytes: the operator's guide says how much each role needs."));
    } catch (RuntimeException | Error e) {
      queue.fail(
          new Failure(FailureKind.BUG, "FEED", "Reading the log failed: " + e.getClass(), e));
    }
  }

  /**
   * Whether the log has answered for a while that there is nothing more. A reader that waits for a
   * silent broker or registry does not know; there may be much.
   */
  boolean isAtEnd() {
    long now = System.nanoTime();
    return now - answered < 5 * POLL.toNanos() && now - emptySince > END_LOOK_NANOS;
  }

  /** Ends the thread and closes the reader; what the reader waits for is broken off. */
  @Override
  public void close() {
    closed = true;
    queue.close();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join(GRACE.toMillis());
        thread.interrupt();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
