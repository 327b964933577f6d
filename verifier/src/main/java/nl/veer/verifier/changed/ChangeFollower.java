package nl.veer.verifier.changed;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import nl.veer.connectors.event.Position;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.failure.BareTrace;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.connectors.log.LogReader;
import nl.veer.verifier.record.ScanBase;
import nl.veer.verifier.scan.postgres.RowHash;
import nl.veer.verifier.scan.postgres.ScanSession;
import nl.veer.verifier.scan.postgres.ScanTable;
import org.jspecify.annotations.Nullable;

/**
 * Reads both logs from where the tables were scanned, and keeps which chunks of which tables were
 * touched since. It goes on by itself from {@link #follow} to {@link #upTo}, so that little is left
 * to be read then. Owned by one thread, but for its own in between; {@link #close} may come from
 * any that owns it.
 */
public final class ChangeFollower implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(20);
  private static final Duration END_POLL = Duration.ofMillis(5);

  private final ChangeGround ground;
  private final ScanSession source;
  private final ChangedTables tables;
  private final ChangeLog log;
  private final ChangeLog echo;
  private final StopSignal over = new StopSignal();
  private @Nullable Thread thread;
  private volatile @Nullable Failure failure;

  private ChangeFollower(
      ChangeGround ground,
      ScanSession source,
      ChangedTables tables,
      ChangeLog log,
      ChangeLog echo) {
    this.ground = ground;
    this.source = source;
    this.tables = tables;
    this.log = log;
    this.echo = echo;
  }

  /**
   * Cuts the tables into chunks and finds the places in the logs. That takes reading each key's
   * index once.
   *
   * @param bases scans that {@link ScanBases} found to be good, at least one
   * @throws Failure if a side or a log cannot be read; TRANSIENT if asked to stop
   */
  public static ChangeFollower open(
      ChangeGround ground, Collection<ScanBase> bases, StopSignal stop) {
    MatchedTables matched = MatchedTables.read(ground);
    ScanSession source = ScanSession.source(ground.endpoints().source(), RowHash.random());
    List<AutoCloseable> opened = new ArrayList<>(List.of(source));
    boolean done = false;
    try {
      List<ChangedTable> all = new ArrayList<>();
      for (ScanBase base : bases) {
        ScanTable table = matched.require(base.table());
        all.add(
            new ChangedTable(
                table,
                base,
                matched.echoTellsKeys(base.table()),
                Chunks.lay(source, table, ground.chunkRows(), stop)));
      }
      ChangedTables tables = new ChangedTables(all);
      LogReader logReader = ground.log().get();
      opened.add(logReader);
      long first = bases.stream().mapToLong(ScanBase::transaction).min().orElseThrow();
      new LogReach(logReader, stop).seekBefore(end -> end.place().transaction() <= first);
      LogReader echoReader = ground.echo().get();
      opened.add(echoReader);
      Position oldest =
          bases.stream()
              .map(base -> base.onTarget().position())
              .min(Comparator.naturalOrder())
              .orElseThrow();
      new LogReach(echoReader, stop).seekBefore(end -> !end.position().isAfter(oldest));
      done = true;
      return new ChangeFollower(
          ground,
          source,
          tables,
          new ChangeLog(ChangeLog.Side.SOURCE, logReader, tables),
          new ChangeLog(ChangeLog.Side.TARGET, echoReader, tables));
    } finally {
      if (!done) {
        opened.forEach(ChangeFollower::closeQuietly);
      }
    }
  }

  /** Reads both logs up to where they end now. */
  public void catchUp(StopSignal stop) {
    for (ChangeLog side : List.of(log, echo)) {
      long end = side.endOffset();
      while (!side.hasRead(end)) {
        if (stop.isRaised()) {
          throw Chunks.stopped();
        }
        side.poll(POLL);
        settleIfFull();
      }
    }
    settle();
  }

  /** What is known to be touched by now. Not while it follows by itself. */
  public Changed changed() {
    long rows = 0;
    long chunks = 0;
    for (ChangedTable table : tables.all()) {
      chunks += table.chunks().count();
      if (table.isTouched()) {
        rows += rows(table);
      }
    }
    Position since =
        tables.all().stream()
            .map(table -> table.base().source())
            .min(Comparator.naturalOrder())
            .orElseThrow();
    return new Changed(tables.parts(), tables.all().size(), chunks, rows, since);
  }

  private long rows(ChangedTable table) {
    return table.table().walked()
        ? table.parts().size() * ground.chunkRows() + table.inserted()
        : ground.rows().getOrDefault(table.table().id(), 0L) + table.inserted();
  }

  /** The scans that it all rests on. */
  public List<ScanBase> bases() {
    return tables.all().stream().map(ChangedTable::base).toList();
  }

  /** Those tables that were touched. */
  public Set<TableId> touched() {
    Set<TableId> touched = new HashSet<>();
    tables.all().stream()
        .filter(ChangedTable::isTouched)
        .forEach(table -> touched.add(table.table().id()));
    return touched;
  }

  /** The tables as both sides have them. */
  public List<ScanTable> tables() {
    return tables.all().stream().map(ChangedTable::table).toList();
  }

  /** Goes on reading in a thread of its own. */
  public void follow() {
    Thread reading = new Thread(this::keepReading, "changed chunks");
    reading.setDaemon(true);
    thread = reading;
    reading.start();
  }

  private void keepReading() {
    try {
      while (!over.isRaised()) {
        log.poll(POLL);
        echo.poll(POLL);
        settleIfFull();
      }
    } catch (Failure e) {
      failure = e;
    } catch (RuntimeException e) {
      failure = new Failure(FailureKind.BUG, "UNEXPECTED", "Unexpected: " + BareTrace.named(e), e);
    }
  }

  /** Told again and again, while the rest is read. */
  public interface Patience {
    /**
     * @throws Failure if there is none left
     */
    void require();
  }

  /**
   * Reads on until both logs have passed these places.
   *
   * @param onSource a place that the source's log passes
   * @param onTarget one that the target's own passes
   * @throws Failure if a log cannot be read any more, or whatever the patience says
   */
  public Changed upTo(Position onSource, Position onTarget, Patience patience) {
    join();
    Failure met = failure;
    if (met != null) {
      throw met;
    }
    pass(log, onSource, patience);
    pass(echo, onTarget, patience);
    settle();
    return changed();
  }

  private void pass(ChangeLog side, Position place, Patience patience) {
    while (side.position().filter(now -> now.isAfter(place)).isEmpty()) {
      patience.require();
      side.poll(END_POLL);
      settleIfFull();
    }
  }

  private void join() {
    over.raise();
    Thread reading = thread;
    thread = null;
    if (reading != null) {
      try {
        reading.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw Chunks.stopped();
      }
    }
  }

  private void settleIfFull() {
    if (tables.isFull()) {
      settle();
    }
  }

  private void settle() {
    tables.settle(
        (table, keys) -> {
          Set<Integer> chunks = source.chunks(table.table(), table.chunks().bounds(), keys);
          source.end();
          return chunks;
        });
  }

  @Override
  public void close() {
    join();
    closeQuietly(log);
    closeQuietly(echo);
    closeQuietly(source);
  }

  private static void closeQuietly(AutoCloseable opened) {
    try {
      opened.close();
    } catch (Exception e) {
      // It was only read from.
      return;
    }
  }
}
