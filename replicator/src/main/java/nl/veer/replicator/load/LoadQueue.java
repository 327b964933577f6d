package nl.veer.replicator.load;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import nl.veer.connectors.dialect.LoadDialect.Range;
import nl.veer.connectors.dialect.LoadDialect.SourceTable;
import org.jspecify.annotations.Nullable;

/**
 * What is left to load. A worker first helps with a table that is open, and opens the next one only
 * if there is nothing left to take: so few snapshots are held at once. While a table is being
 * opened the others wait, for it may bring them work. Safe for several threads.
 */
final class LoadQueue implements AutoCloseable {
  private final Queue<SourceTable> unopened;
  private final List<OpenTable> open = new ArrayList<>();
  private int opening;

  /** Either a range to copy or a table to open. */
  record Task(@Nullable OpenTable table, @Nullable Range range, @Nullable SourceTable toOpen) {}

  /**
   * @param tables in the order in which they are to be opened
   */
  LoadQueue(List<SourceTable> tables) {
    this.unopened = new ArrayDeque<>(tables);
  }

  /**
   * The next thing to do; null if there is none left. Whoever gets a table to open answers with
   * {@link #opened} or {@link #notOpened}.
   */
  synchronized @Nullable Task next() throws InterruptedException {
    while (true) {
      for (OpenTable table : open) {
        Range range = table.take();
        if (range != null) {
          return new Task(table, range, null);
        }
      }
      SourceTable next = unopened.poll();
      if (next != null) {
        opening++;
        return new Task(null, null, next);
      }
      if (opening == 0) {
        return null;
      }
      wait();
    }
  }

  synchronized void opened(OpenTable table) {
    open.add(table);
    notOpened();
  }

  synchronized void notOpened() {
    opening--;
    notifyAll();
  }

  @Override
  public synchronized void close() {
    open.forEach(OpenTable::close);
  }
}
