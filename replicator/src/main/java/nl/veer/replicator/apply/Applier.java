package nl.veer.replicator.apply;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import nl.veer.connectors.dialect.Boundary;
import nl.veer.connectors.dialect.LoadDialect;
import nl.veer.connectors.dialect.TargetConnections;
import nl.veer.connectors.dialect.TargetDialect;
import nl.veer.connectors.dialect.TargetSession;
import nl.veer.connectors.event.Position;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.connectors.failure.Retrying;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.connectors.log.LogReader;
import nl.veer.replicator.stamp.Stamp;
import nl.veer.replicator.stamp.StampStore;
import nl.veer.replicator.stamp.TableLoad;
import org.jspecify.annotations.Nullable;

/**
 * Applies the log to the loaded target, from the stamp on. One {@link #run} is one attempt: it
 * reads the stamp and the target's catalog anew, so that after any failure the truth is what the
 * target says, also when nobody knows whether the last commit came through. Runs on its caller's
 * thread, with one more that reads ahead.
 */
public final class Applier {
  /** How soon a stop is noticed while nothing comes. */
  private static final Duration POLL = Duration.ofMillis(200);

  private static final long IDLE_LOOK_NANOS = Duration.ofSeconds(1).toNanos();

  /** What waits for the applier, in batches: one is applied while the next is read. */
  private static final int BATCHES_AHEAD = 2;

  private final ApplyConfig config;
  private final TargetConnections target;
  private final TargetDialect dialect;
  private final LoadDialect source;
  private final StampStore stamps;
  private final ApplyMeter meter;
  private final Supplier<Map<TableId, Failure>> schemas;

  /**
   * @param schemas looks which tables' columns have different types on both sides by now
   */
  public Applier(
      ApplyConfig config,
      TargetConnections target,
      TargetDialect dialect,
      LoadDialect source,
      StampStore stamps,
      ApplyMeter meter,
      Supplier<Map<TableId, Failure>> schemas) {
    this.config = config;
    this.target = target;
    this.dialect = dialect;
    this.source = source;
    this.stamps = stamps;
    this.meter = meter;
    this.schemas = schemas;
  }

  /**
   * Applies until the signal is raised; throws what ends the attempt.
   *
   * @param retrying told of progress
   * @param well told when what failed before has succeeded
   */
  public void run(Supplier<LogReader> log, StopSignal stop, Retrying retrying, Runnable well) {
    try (TargetSession session = dialect.open(target, StampStore.applyPurpose(config.wave()))) {
      endOlderSessions(session);
      Stamp claimed = stamps.claim(session);
      Map<TableId, WaveTable> tables = tables(session);
      session.commit();
      LogReader reader = log.get();
      Stamp stamp;
      try {
        stamp = LogStart.seek(reader, claimed);
        if (claimed.logId() == null) {
          stamps.advance(session, claimed, stamp);
          session.commit();
        }
        meter.stamped(stamp);
      } catch (RuntimeException e) {
        reader.close();
        throw e;
      }
      ReadyQueue queue = new ReadyQueue(BATCHES_AHEAD * config.bytes());
      try (LogFeed feed =
          LogFeed.start(
              reader,
              new Assembler(stamp.transaction(), config.rows(), config.bytes()),
              new WaveTables(tables, stamp.position(), new SchemaWatch(schemas, System::nanoTime)),
              queue,
              meter::logEnds,
              "veer-log-" + config.wave())) {
        new Attempt(session, queue, stop, progressed(retrying, well), stamp).applyUntilStopped();
      }
    }
  }

  /** One of ours that lost its network may hold the stamp's lock for as long as it lives. */
  private void endOlderSessions(TargetSession session) {
    stamps.requireOwned(session);
    stamps.endSessions(session, StampStore.applyPurpose(config.wave()));
    session.commit();
  }

  private static Runnable progressed(Retrying retrying, Runnable well) {
    return () -> {
      retrying.progressed();
      well.run();
    };
  }

  private Map<TableId, WaveTable> tables(TargetSession session) {
    Map<TableId, WaveTable> tables = new HashMap<>();
    for (TableLoad load : stamps.loads(session)) {
      tables.put(
          load.table(),
          new WaveTable(
              session.table(load.table(), load.identity().key()),
              load.identity().wholeBefore(),
              load.columns(),
              boundary(load),
              dialect));
    }
    return tables;
  }

  private Boundary boundary(TableLoad load) {
    String text = load.boundary();
    Position position = load.boundaryPosition();
    if (!load.isComplete() || text == null || position == null) {
      throw new Failure(
          FailureKind.BUG,
          "NOT_LOADED",
          "Table " + load.table() + " was to be applied to before its load was complete.");
    }
    return source.boundary(text, position);
  }

  /** The state of one attempt; owned by the applier's thread. */
  private final class Attempt {
    private final TargetSession session;
    private final ReadyQueue queue;
    private final StopSignal stop;
    private final Runnable progressed;
    private final BatchWriter writer;
    private Stamp stamp;
    private long looked = System.nanoTime();

    Attempt(
        TargetSession session,
        ReadyQueue queue,
        StopSignal stop,
        Runnable progressed,
        Stamp stamp) {
      this.session = session;
      this.queue = queue;
      this.stop = stop;
      this.progressed = progressed;
      this.writer = new BatchWriter(session, meter::replayed);
      this.stamp = stamp;
    }

    void applyUntilStopped() {
      try {
        while (!stop.isRaised()) {
          Portion next = queue.take(POLL);
          if (next == null) {
            idle();
          } else if (next.isWhole()) {
            applyBatch(batch(next));
          } else {
            applyInParts(next);
          }
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    /** A lost session or a new owner is noticed also while nothing comes. */
    private void idle() {
      meter.waiting(0);
      if (System.nanoTime() - looked >= IDLE_LOOK_NANOS) {
        stamps.requireOwned(session);
        session.commit();
        looked = System.nanoTime();
        progressed.run();
      }
    }

    /** All that is ready, within the bounds. Never waits. */
    private List<Portion> batch(Portion first) {
      List<Portion> batch = new ArrayList<>();
      batch.add(first);
      long rows = (long) config.rows() - first.changes().size();
      long weight = config.bytes() - first.weight();
      long deadline = System.nanoTime() + config.delay().toNanos();
      while (rows > 0 && weight > 0 && System.nanoTime() < deadline) {
        Portion next = queue.takeWhole(rows, weight);
        if (next == null) {
          break;
        }
        batch.add(next);
        rows -= next.changes().size();
        weight -= next.weight();
      }
      return batch;
    }

    private void applyBatch(List<Portion> batch) {
      writer.write(batch);
      commit(batch.get(batch.size() - 1));
      for (Portion portion : batch) {
        meter.applied(Portion.endOf(portion), portion.events());
      }
      weighed(batch.get(batch.size() - 1));
    }

    /** One open target transaction, begun anew when the log supersedes what it holds. */
    private void applyInParts(Portion begin) throws InterruptedException {
      long events = 0;
      for (Portion part = begin; part != null; part = nextPart()) {
        if (part.first()) {
          session.rollback();
          events = 0;
        }
        writer.writePart(part);
        events += part.events();
        if (part.end() != null) {
          commit(part);
          meter.applied(part.end(), events);
          weighed(part);
          return;
        }
      }
      session.rollback();
    }

    /** Waits for it; null when asked to stop. */
    private @Nullable Portion nextPart() throws InterruptedException {
      Portion next = null;
      while (next == null && !stop.isRaised()) {
        next = queue.take(POLL);
      }
      return next;
    }

    private void commit(Portion last) {
      Stamp next =
          new Stamp(
              last.number(),
              Portion.endOf(last).position(),
              stamp.logId(),
              last.nextOffset(),
              Portion.endOf(last).committedAt());
      stamps.advance(session, stamp, next);
      session.commit();
      stamp = next;
      meter.stamped(next);
      meter.waiting(queue.bytes());
      progressed.run();
    }

    /** After the batch was counted, so that the last one of the backlog does not count as live. */
    private void weighed(Portion last) {
      meter.consistent(last.loaded() && queue.isEmpty());
    }
  }
}
