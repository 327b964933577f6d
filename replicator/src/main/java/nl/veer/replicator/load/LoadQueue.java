package nl.veer.replicator.load;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import nl.veer.connectors.dialect.LoadDialect.Range;
import nl.veer.connectors.dialect.LoadDialect.SourceTable;
import org.jspecify.annotations.Nullable;

/**
 * What is left to load. A worker first helps with tables that are open, and opens the next ones
 * only if there is nothing left to take: so few snapshots are held at once. While some are being
 * opened the others wait, for it may bring them work. Safe for several threads.
 */
final class LoadQueue {
  private final Queue<List<SourceTable>> unopened;
  private final List<OpenTables> open = new ArrayList<>();
  private int opening;

  /** The next thing to do. */
  sealed interface Task {}

  /** To copy a portion of tables that are open. */
  record Copying(OpenTables tables, List<Range> portion) implements Task {}

  /** To open tables. */
  record Opening(List<SourceTable> tables) implements Task {}

  /**
   * @param tables those that share a snapshot, in the order in which they are to be opened
   */
  LoadQueue(List<List<SourceTable>> tables) {
    this.unopened = new ArrayDeque<>(tables);
  }

  /**
   * The next thing to do; null if there is none left. Whoever gets tables to open answers with
   * {@link #opened} or {@link #notOpened}.
   */
  synchronized @Nullable Task next() throws InterruptedException {
    while (true) {
      for (OpenTables tables : open) {
        List<Range> portion = tables.take();
        if (portion != null) {
          return new Copying(tables, portion);
        }
      }
      List<SourceTable> next = unopened.poll();
      if (next != null) {
        opening++;
        return new Opening(next);
      }
      if (opening == 0) {
        return null;
      }
      wait();
    }
  }

  synchronized void opened(OpenTables tables) {
    open.add(tables);
    notOpened();
  }

  synchronized void notOpened() {
    opening--;
    notifyAll();
  }
}
