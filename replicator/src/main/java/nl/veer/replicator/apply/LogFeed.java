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
  private static final long END_LOOK_NANOS = Duration.ofSeconds(1).toNanos();

  private final LogReader reader;
  private final Assembler assembler;
  private final WaveTables tables;
  private final ReadyQueue queue;
  private final LongConsumer logEnd;
  private final Thread thread;
  private volatile boolean closed;

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
        if (System.nanoTime() - looked >= END_LOOK_NANOS) {
          looked = System.nanoTime();
          logEnd.accept(owned.endOffset());
        }
      }
    } catch (Failure failure) {
      queue.fail(failure);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      queue.fail(
          new Failure(FailureKind.BUG, "FEED", "Reading the log failed: " + e.getClass(), e));
    }
  }

  /** Ends the thread and closes the reader. */
  @Override
  public void close() {
    closed = true;
    queue.close();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
