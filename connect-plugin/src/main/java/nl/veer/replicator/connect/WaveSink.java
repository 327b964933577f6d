package nl.veer.replicator.connect;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import nl.veer.connectors.dialect.SourceConnections;
import nl.veer.connectors.dialect.TargetConnections;
import nl.veer.connectors.dialect.postgres.PostgresTarget;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.connectors.failure.Retrying;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.connectors.log.FetchedLogReader;
import nl.veer.connectors.log.FetchedRecord;
import nl.veer.connectors.log.LogInlet;
import nl.veer.connectors.log.TopicConfig;
import nl.veer.replicator.Replicator;
import nl.veer.replicator.stamp.Stamp;
import nl.veer.replicator.stamp.WaveRecords;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The replicator of a wave on a thread of its own, which reads what the task is handed. Where the
 * log goes on, the replicator says, from the stamp; it retries, waits at incidents and ends as it
 * does elsewhere. Safe for the task's thread and those that look.
 */
final class WaveSink {
  private static final Logger LOG = LoggerFactory.getLogger(WaveSink.class);

  /** Connect gives a task five seconds to end, as it ships. */
  private static final Duration END_PATIENCE = Duration.ofSeconds(4);

  private final SinkConfig config;
  private final LogInlet inlet = new LogInlet();
  private final StopSignal stop = new StopSignal();
  private final TargetConnections target;
  private final Replicator replicator;
  private final Thread thread;
  private final ReplicatorBean bean;
  private volatile @Nullable Throwable end;

  WaveSink(SinkConfig config) {
    this.config = config;
    this.target = new TargetConnections(config.target());
    this.replicator =
        new Replicator(
            config.replicator(),
            new SourceConnections(config.source()),
            target,
            () ->
                // How large a record may be says who fetches it.
                FetchedLogReader.open(
                    config.kafka(),
                    config.registry(),
                    config.wave(),
                    new TopicConfig(1, 1),
                    inlet));
    this.bean = new ReplicatorBean(config.wave(), replicator);
    this.thread = new Thread(this::run, "veer-replicator-" + config.wave());
    thread.setDaemon(true);
  }

  WaveId wave() {
    return config.wave();
  }

  void start() {
    bean.register();
    thread.start();
  }

  private void run() {
    try {
      if (config.ledger()) {
        new Retrying(stop, WaveSink::tell).untilDone(this::requireBegun);
      }
      replicator.run();
    } catch (Failure | Error failure) {
      end = failure;
    } catch (RuntimeException e) {
      end = new Failure(FailureKind.BUG, "SINK", "The sink failed: " + e.getClass(), e);
    }
  }

  /** What was applied before the target is captured can never be proven. */
  private void requireBegun() {
    Optional<Stamp> stamp = new WaveRecords(new PostgresTarget(), target).stamp(config.wave());
    if (stamp.filter(at -> at.transaction() > 0).isEmpty()) {
      throw new Failure(
          FailureKind.CONFIGURATION,
          "WAVE_NOT_BEGUN",
          ("Nothing of wave %s was applied yet, and its echo must be made before the first batch."
                  + " Let veer replicate begin it; when veer status shows a position, end that and"
                  + " restart this task. Or do without the ledger, by %s=false: then this task loads"
                  + " the tables by itself.")
              .formatted(config.wave(), SinkSettings.LEDGER));
    }
  }

  private static void tell(Failure failure) {
    LOG.atWarn()
        .addKeyValue("kind", failure.kind())
        .addKeyValue("code", failure.code())
        .log(failure.getMessage());
  }

  /** What the replicator ended with; null while it runs. */
  @Nullable Throwable end() {
    return end;
  }

  /** Where the task has to go on from now, if the replicator has said so. */
  OptionalLong takeSeek() {
    return inlet.takeSeek();
  }

  void put(List<FetchedRecord> records) {
    inlet.put(records);
  }

  boolean wantsMore() {
    return inlet.wantsMore();
  }

  /** The offset of the next record that the target has not got; empty before the stamp was read. */
  OptionalLong nextOffset() {
    return replicator.stamp().stream().mapToLong(Stamp::logOffset).findFirst();
  }

  /**
   * Ends the replicator after the batch in hand. One that does not end in time is left behind: it
   * can commit nothing once another has begun.
   */
  void close() {
    stop.raise();
    replicator.stop();
    try {
      thread.join(END_PATIENCE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (thread.isAlive()) {
      LOG.atWarn()
          .addKeyValue("wave", config.wave())
          .log("The replicator waits for a server; it is cut off");
    }
    bean.unregister();
  }
}
