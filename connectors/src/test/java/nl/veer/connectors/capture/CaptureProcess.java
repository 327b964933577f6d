package nl.veer.connectors.capture;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import nl.veer.connectors.dialect.DatabaseEndpoint;
import nl.veer.connectors.dialect.Secret;
import nl.veer.connectors.dialect.SourceConnections;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.log.KafkaEndpoint;
import nl.veer.connectors.log.RegistryEndpoint;
import nl.veer.connectors.log.TopicConfig;

/** A capture as a process of its own: JDBC URL, user, Kafka, registry, wave, table. */
public final class CaptureProcess {

  private CaptureProcess() {}

  public static void main(String[] args) {
    Capture capture =
        new Capture(
            new CaptureConfig(
                new WaveId("it", args[4]),
                List.of(new TableId("public", args[5])),
                new TopicConfig(1, 1),
                Duration.ofSeconds(1)),
            new SourceConnections(
                new DatabaseEndpoint(
                    args[0], args[1], new Secret(System.getenv("PASSWORD")), Map.of())),
            new KafkaEndpoint(args[2], Map.of()),
            new RegistryEndpoint(args[3], Map.of()));
    capture.prepare();
    capture.run();
  }
}
