package nl.veer.control.wave;

import java.time.Duration;
import nl.veer.connectors.dialect.TargetConnections;
import nl.veer.connectors.dialect.postgres.PostgresTarget;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.replicator.stamp.WaveRecords;

/** The replicator makes the schema that the verifier keeps its records in; it is waited for. */
final class RecordGround {
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final WaveId wave;
  private final WaveRecords records;

  RecordGround(WaveId wave, TargetConnections target) {
    this.wave = wave;
    this.records = new WaveRecords(new PostgresTarget(), target);
  }

  /** Returns when the wave's loads are on record, or nobody waits any more. */
  void await(StopSignal stop, Trouble trouble) {
    while (!stop.isRaised()) {
      try {
        if (!records.loads(wave).isEmpty()) {
          trouble.is(null);
          return;
        }
      } catch (Failure failure) {
        trouble.retried(failure);
      }
      stop.await(LOOK);
    }
  }
}
