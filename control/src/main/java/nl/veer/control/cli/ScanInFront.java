package nl.veer.control.cli;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import nl.veer.connectors.event.TableId;
import nl.veer.verifier.scan.Scan;
import nl.veer.verifier.scan.ScanProgress;
import nl.veer.verifier.verdict.ScanStatement;

/** Runs a scan in the foreground and shows how far it is, until its end or a signal. */
final class ScanInFront {
  private static final Duration PACE = Duration.ofMillis(500);

  private ScanInFront() {}

  /**
   * @param stop what a signal calls
   * @param console where progress is shown, if it is a terminal
   */
  static ScanStatement run(Scan scan, List<TableId> tables, Runnable stop, Console console) {
    long begin = System.nanoTime();
    try (CleanExit exit = CleanExit.with(stop)) {
      CompletableFuture<ScanStatement> statement = new CompletableFuture<>();
      Thread thread =
          new Thread(
              () -> {
                try {
                  statement.complete(scan.run(tables));
                } catch (RuntimeException | Error e) {
                  statement.completeExceptionally(e);
                }
              },
              "scan");
      thread.start();
      return await(statement, scan, console, begin);
    }
  }

  private static ScanStatement await(
      CompletableFuture<ScanStatement> statement, Scan scan, Console console, long begin) {
    while (true) {
      try {
        ScanStatement found = statement.get(PACE.toMillis(), TimeUnit.MILLISECONDS);
        console.redraw(List.of());
        return found;
      } catch (TimeoutException e) {
        console.redraw(List.of(line(scan.progress(), System.nanoTime() - begin)));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        scan.stop();
      } catch (ExecutionException e) {
        throw e.getCause() instanceof RuntimeException cause ? cause : new CompletionException(e);
      }
    }
  }

  private static String line(ScanProgress progress, long nanos) {
    return "%d of %d tables, %,d rows, %,.0f rows/s%s"
        .formatted(
            progress.tablesDone(),
            progress.tables(),
            progress.rows(),
            progress.rows() * 1e9 / nanos,
            progress.differing() == 0 ? "" : ", " + progress.differing() + " differ");
  }
}
