package nl.veer.verifier.scan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.verifier.scan.postgres.RowHash;
import nl.veer.verifier.scan.postgres.ScanSession;
import nl.veer.verifier.scan.postgres.ScanTable;
import org.jspecify.annotations.Nullable;

/**
 * Counts the rows of whole tables on both sides, while both stand still. One thread runs it; {@link
 * #stop} may come from any.
 */
public final class TableCounts {
  private final Scan.Endpoints endpoints;
  private final int workers;
  private final StopSignal stop = new StopSignal();
  private final Set<ScanSession> asking = ConcurrentHashMap.newKeySet();
  private volatile @Nullable RuntimeException failure;

  /** How many rows a table has. */
  public record Count(TableId table, long source, long target) {
    public boolean isEqual() {
      return source == target;
    }
  }

  /**
   * @param workers how many tables are counted at once; each takes a session on both sides
   */
  public TableCounts(Scan.Endpoints endpoints, int workers) {
    this.endpoints = endpoints;
    this.workers = workers;
  }

  /**
   * Counts them all.
   *
   * @throws Failure if a table could not be counted; TRANSIENT if it was stopped
   */
  public List<Count> of(Collection<ScanTable> tables) {
    Queue<ScanTable> left = new ConcurrentLinkedQueue<>(tables);
    Queue<Count> counts = new ConcurrentLinkedQueue<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 1; i <= Math.min(workers, tables.size()); i++) {
      Thread thread = new Thread(() -> count(left, counts), "count " + i);
      thread.setDaemon(true);
      threads.add(thread);
      thread.start();
    }
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stop();
    }
    RuntimeException met = failure;
    if (stop.isRaised()) {
      throw new Failure(
          FailureKind.TRANSIENT, "COUNT_STOPPED", "It was stopped before all rows were counted.");
    }
    if (met != null) {
      throw met;
    }
    return List.copyOf(counts);
  }

  private void count(Queue<ScanTable> left, Queue<Count> counts) {
    RowHash none = RowHash.random();
    try (ScanSession source = ScanSession.source(endpoints.source(), none);
        ScanSession target = ScanSession.target(endpoints.target(), none)) {
      asking.add(source);
      asking.add(target);
      ScanTable table = left.poll();
      while (table != null && !stop.isRaised() && failure == null) {
        counts.add(new Count(table.id(), count(source, table), count(target, table)));
        table = left.poll();
      }
    } catch (RuntimeException e) {
      failure = e;
    }
  }

  private static long count(ScanSession session, ScanTable table) {
    long rows = session.count(table);
    session.end();
    return rows;
  }

  /** Ends it soon. */
  public void stop() {
    stop.raise();
    asking.forEach(ScanSession::cancel);
  }
}
