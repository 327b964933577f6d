package nl.veer.connectors.capture;

import nl.veer.connectors.dialect.SourceConnections;
import nl.veer.connectors.log.KafkaEndpoint;
import nl.veer.connectors.log.RegistryEndpoint;

/** Carries a wave's source changes into its log. */
public final class Capture {

  public Capture(
      CaptureConfig config,
      SourceConnections source,
      KafkaEndpoint kafka,
      RegistryEndpoint registry) {
    throw new UnsupportedOperationException();
  }

  /**
   * Makes the log's topic, the publication and the slot, or checks those that exist. May be
   * repeated.
   */
  public void prepare() {
    throw new UnsupportedOperationException();
  }

  /** Runs on the calling thread until {@link #stop} is called or a failure ends it. */
  public void run() {
    throw new UnsupportedOperationException();
  }

  /** Ends {@link #run} cleanly; returns at once. Safe from any thread. */
  public void stop() {
    throw new UnsupportedOperationException();
  }

  public CaptureStatus status() {
    throw new UnsupportedOperationException();
  }
}
