package nl.veer.connectors.capture;

import java.util.Map;
import java.util.Optional;
import nl.veer.connectors.dialect.DatabaseEndpoint;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.log.TopicConfig;

/** Whether a source's URL and user are such that a capture can read from there. Pure. */
public final class CaptureSource {
  private CaptureSource() {}

  /** What a capture would fail with at its start; empty if it would not. */
  public static Optional<Failure> refusal(DatabaseEndpoint source) {
    try {
      DebeziumConnection.settings(source, Map.of(), TopicConfig.STOCK_RECORD_BYTES);
      return Optional.empty();
    } catch (Failure refused) {
      return Optional.of(refused);
    }
  }
}
