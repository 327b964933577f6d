package nl.veer.replicator.apply;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import nl.veer.connectors.dialect.LoadDialect;
import nl.veer.connectors.dialect.TargetConnections;
import nl.veer.connectors.dialect.TargetDialect;
import nl.veer.connectors.dialect.TargetSession;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.Retrying;
import nl.veer.connectors.failure.StandingFailure;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.connectors.log.LogReader;
import nl.veer.replicator.stamp.LoadRecords;
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

  /** What is held, in batches: one is applied, one waits, one is read. */
  private static final int BATCHES_HELD = 3;

  private final ApplyConfig config;
  private final TargetConnections target;
  private final TargetDialect dialect;
  private final LoadDialect source;
  private final StampStore stamps;
  private final LoadRecords records;
  private final ApplyMeter meter;
  private final Supplier<Map<TableId, Failure>> schemas;

  /** Of this attempt and those before it. */
  private final LargeTransaction large;

  /** Why an attempt came to its end. */
  public enum End {
    /** It was asked to. */
    STOPPED,
    /** A table is to be loaded anew before anything more is applied. */
    LOAD_WANTED
  }

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
    this.records = stamps.loads();
    this.meter = meter;
    this.schemas = schemas;
    this.large = new LargeTransaction(config.wave(), meter);
  }

  /**
   * Applies until the signal is raised, or until a table is to be loaded anew: what was read ahead
   * is dropped then, for it is read again from the stamp. Throws what ends the attempt.
   *
   * @param retrying told of progress
   * @param failure what stands from attempts before; told of parts of a large transaction
   * @param well told when what failed before has succeeded
   */
  public End run(
      Supplier<LogReader> log,
      StopSignal stop,
      Retrying retrying,
      StandingFailure failure,
      Runnable well) {
    try (TargetSession session = dialect.open(target, StampStore.applyPurpose(config.wave()))) {
      endOlderSessions(session);
      Stamp claimed = stamps.claim(session);
      List<TableLoad> loads = records.all(session);
      if (!loads.stream().allMatch(TableLoad::isComplete)) {
        session.commit();
        return End.LOAD_WANTED;
      }
      Map<TableId, WaveTable> tables = WaveTable.all(loads, session, source, dialect);
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
        meter.open(0);
      } catch (RuntimeException e) {
        reader.close();
        throw e;
      }
      ReadyQueue queue = new ReadyQueue(BATCHES_HELD * config.bytes());
      try (SchemaWatch watch =
              SchemaWatch.start(schemas, config.look(), "veer-schema-" + config.wave());
          LogFeed feed =
              LogFeed.start(
                  reader,
                  new Assembler(stamp.transaction(), config.rows(), config.bytes()),
                  new WaveTables(tables, stamp.position(), watch),
                  queue,
                  meter::logEnds,
                  "veer-log-" + config.wave())) {
        return new Attempt(session, queue, feed, stop, progressed(retrying, well), failure, stamp)
            .applyUntilStopped();
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

  /** The state of one attempt; owned by the applier's thread. */
  private final class Attempt {
    private final TargetSession session;
    private final ReadyQueue queue;
    private final LogFeed feed;
    private final StopSignal stop;
    private final Runnable progressed;
    private final StandingFailure failure;
    private final BatchWriter writer;
    private Stamp stamp;
    private final LoadWatch loads = new LoadWatch(records::isAnyLeft, System::nanoTime);
    private long looked = System.nanoTime();

    Attempt(
        TargetSession session,
        ReadyQueue queue,
        LogFeed feed,
        StopSignal stop,
        Runnable progressed,
        StandingFailure failure,
        Stamp stamp) {
      this.session = session;
      this.queue = queue;
      this.feed = feed;
      this.stop = stop;
      this.progressed = progressed;
      this.failure = failure;
      this.writer = new BatchWriter(session, meter::replayed);
      this.stamp = stamp;
    }

    End applyUntilStopped() {
      try {
        while (!stop.isRaised()) {
          if (loads.sees(session)) {
            return End.LOAD_WANTED;
          }
          Portion next = queue.take(POLL);
          if (next == null) {
            idle();
          } else if (next.isWhole()) {
            applyBatch(queue.takeMore(next, config));
          } else {
            applyInParts(next);
          }
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } finally {
        meter.open(0);
      }
      return End.STOPPED;
    }

    /** A lost session or a new owner is noticed also while nothing comes. */
    private void idle() {
      meter.waiting(0);
      if (System.nanoTime() - looked >= IDLE_LOOK_NANOS) {
        stamps.requireOwned(session);
        session.commit();
        looked = System.nanoTime();
        if (feed.isAtEnd()) {
          progressed.run();
        }
      }
    }

    private void applyBatch(List<Portion> batch) {
      long begin = System.nanoTime();
      writer.write(batch);
      commit(batch.get(batch.size() - 1));
      meter.batch(System.nanoTime() - begin);
      for (Portion portion : batch) {
        meter.applied(Portion.endOf(portion), portion.events());
      }
      weighed(batch.get(batch.size() - 1));
    }

    /** One open target transaction, begun anew when the log supersedes what it holds. */
    private void applyInParts(Portion begin) throws InterruptedException {
      long events = 0;
      long started = System.nanoTime();
      for (Portion part = begin; part != null; part = nextPart()) {
        if (part.first()) {
          session.rollback();
          events = 0;
        }
        writer.writePart(part);
        events += part.events();
        large.written(stamp.transaction() + 1, events, failure);
        queue.applied();
        if (part.end() != null) {
          session.releaseMark();
          commit(part);
          meter.batch(System.nanoTime() - started);
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
      large.over();
      queue.applied();
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
