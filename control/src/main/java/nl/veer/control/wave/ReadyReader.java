package nl.veer.control.wave;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.log.LogReader;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens a log, and the first time ahead if asked to: the replicator of a leg that is about to begin
 * need not wait for it while writes are refused. Safe for use by several threads.
 */
final class ReadyReader implements Supplier<LogReader> {
  private static final Logger LOG = LoggerFactory.getLogger(ReadyReader.class);

  private final Supplier<LogReader> opening;
  private @Nullable CompletableFuture<LogReader> ahead;
  private boolean closed;

  ReadyReader(Supplier<LogReader> opening) {
    this.opening = opening;
  }

  /** Opens it on a thread of its own, for the next who asks. */
  synchronized void prepare() {
    if (!closed && ahead == null) {
      ahead =
          CompletableFuture.supplyAsync(
              opening,
              work -> {
                Thread thread = new Thread(work, "log ahead");
                thread.setDaemon(true);
                thread.start();
              });
    }
  }

  /** The reader that was opened ahead, or a new one; the caller's to close. */
  @Override
  public LogReader get() {
    CompletableFuture<LogReader> opened = taken();
    if (opened != null) {
      try {
        return opened.join();
      } catch (CompletionException e) {
        LOG.debug("The log was not opened ahead", e);
      }
    }
    return opening.get();
  }

  private synchronized @Nullable CompletableFuture<LogReader> taken() {
    CompletableFuture<LogReader> opened = ahead;
    ahead = null;
    return opened;
  }

  /** Closes what nobody took; opens nothing ahead any more. */
  void close() {
    CompletableFuture<LogReader> opened;
    synchronized (this) {
      closed = true;
      opened = taken();
    }
    if (opened != null) {
      opened.thenAccept(ReadyReader::close);
    }
  }

  private static void close(LogReader reader) {
    try {
      reader.close();
    } catch (Failure failure) {
      LOG.debug("A log that was opened ahead did not close", failure);
    }
  }
}
