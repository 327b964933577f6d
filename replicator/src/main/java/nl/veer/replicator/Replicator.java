package nl.veer.replicator;

import java.util.function.Supplier;
import nl.veer.connectors.dialect.SourceConnections;
import nl.veer.connectors.dialect.TargetConnections;
import nl.veer.connectors.log.LogReader;

/** Loads a wave's tables and applies its log to the target. */
public final class Replicator {

  public Replicator(
      ReplicatorConfig config,
      SourceConnections source,
      TargetConnections target,
      Supplier<LogReader> log) {
    throw new UnsupportedOperationException();
  }

  /** Runs on the calling thread until {@link #stop} is called or a failure ends it. */
  public void run() {
    throw new UnsupportedOperationException();
  }

  /** Ends {@link #run} cleanly, after the batch in hand; returns at once. Safe from any thread. */
  public void stop() {
    throw new UnsupportedOperationException();
  }

  public ReplicatorStatus status() {
    throw new UnsupportedOperationException();
  }
}
