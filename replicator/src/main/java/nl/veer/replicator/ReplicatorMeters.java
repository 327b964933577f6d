package nl.veer.replicator;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.connectors.failure.StandingFailure;
import nl.veer.replicator.apply.ApplyMeter;
import nl.veer.replicator.load.LoadMeter;
import nl.veer.replicator.stamp.Stamp;

/** What a replicator is at, from the meters of its parts. Written by its thread, read by any. */
final class ReplicatorMeters {
  private final StandingFailure failure = new StandingFailure();
  private final LoadMeter loads = new LoadMeter(failure);
  private final ApplyMeter applied = new ApplyMeter(Clock.systemUTC());
  private final AtomicLong retries = new AtomicLong();
  private volatile Phase phase = Phase.STARTING;

  enum Phase {
    STARTING,
    LOADING,
    APPLYING,
    STOPPED,
    FAILED
  }

  /** Something failed, and will be tried again. */
  void retried() {
    retries.incrementAndGet();
  }

  StandingFailure failure() {
    return failure;
  }

  LoadMeter loads() {
    return loads;
  }

  ApplyMeter applied() {
    return applied;
  }

  Phase phase() {
    return phase;
  }

  /** Tells whether it is another phase than before. */
  boolean enter(Phase next) {
    boolean another = phase != next;
    phase = next;
    if (next == Phase.LOADING) {
      applied.loading();
    }
    return another;
  }

  ReplicatorStatus read() {
    ApplyMeter.Reading reading = applied.read();
    Stamp stamp = reading.stamp();
    Failure standing = failure.now();
    Failure now = standing == null ? loads.waitingFor() : standing;
    return new ReplicatorStatus(
        state(reading),
        stamp == null ? null : stamp.position(),
        stamp == null ? 0 : stamp.transaction(),
        reading.transactions(),
        reading.events(),
        new ReplicatorStatus.Batches(
            reading.batches(), reading.replays(), Duration.ofNanos(reading.batchNanos())),
        retries.get(),
        reading.waitingBytes(),
        reading.recordsBehind(),
        new ReplicatorStatus.Lag(
            reading.ageMillis(),
            reading.lastLagMillis(),
            reading.p50LagMillis(),
            reading.p99LagMillis(),
            reading.maxLagMillis()),
        progress(),
        now);
  }

  private ReplicatorStatus.State state(ApplyMeter.Reading reading) {
    Phase now = phase;
    Failure retried = failure.now();
    if (retried != null && now != Phase.FAILED && now != Phase.STOPPED) {
      return retried.kind().reaction() == FailureKind.Reaction.INCIDENT
          ? ReplicatorStatus.State.INCIDENT
          : ReplicatorStatus.State.RETRYING;
    }
    return switch (now) {
      case STARTING -> ReplicatorStatus.State.STARTING;
      case LOADING -> ReplicatorStatus.State.LOADING;
      case APPLYING ->
          reading.consistent()
              ? ReplicatorStatus.State.REPLICATING
              : ReplicatorStatus.State.CATCHING_UP;
      case STOPPED -> ReplicatorStatus.State.STOPPED;
      case FAILED -> ReplicatorStatus.State.FAILED;
    };
  }

  private List<ReplicatorStatus.LoadProgress> progress() {
    return loads.read().stream()
        .map(
            load ->
                new ReplicatorStatus.LoadProgress(
                    load.table(),
                    load.complete(),
                    load.rows(),
                    load.estimatedRows(),
                    load.bytes(),
                    load.rowsPerSecond()))
        .toList();
  }
}
