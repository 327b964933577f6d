package nl.veer.control.status;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nl.veer.connectors.dialect.SourceConnections;
import nl.veer.connectors.dialect.TargetConnections;
import nl.veer.connectors.dialect.postgres.PostgresProgress;
import nl.veer.connectors.dialect.postgres.PostgresSessions;
import nl.veer.connectors.dialect.postgres.PostgresTarget;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.log.KafkaEndpoint;
import nl.veer.connectors.log.LogTail;
import nl.veer.connectors.log.LogTopic;
import nl.veer.control.config.KafkaConfig;
import nl.veer.control.config.VeerConfig;
import nl.veer.control.wave.ProcessFile;
import nl.veer.control.wave.Role;
import nl.veer.replicator.stamp.StampStore;
import nl.veer.replicator.stamp.WaveRecords;
import org.jspecify.annotations.Nullable;

/**
 * Reads a migration's status from source, log and target, whichever process runs it. The target is
 * read first and the source last, so that nothing seems to be applied that is not there yet.
 */
public final class StatusReader {
  private final VeerConfig config;
  private final Clock clock;

  public StatusReader(VeerConfig config, Clock clock) {
    this.config = config;
    this.clock = clock;
  }

  public MigrationStatus read() {
    List<WaveStatus> waves =
        config.waves().stream().map(wave -> facts(config.id(wave)).judged()).toList();
    return new MigrationStatus(
        config.migration(), clock.instant().truncatedTo(ChronoUnit.MILLIS).toString(), waves);
  }

  private WaveFacts facts(WaveId wave) {
    List<String> unknown = new ArrayList<>();
    WaveFacts.Target target = target(wave, unknown);
    Optional<KafkaEndpoint> kafka = kafka();
    Boolean exists = null;
    WaveFacts.Log log = null;
    if (kafka.isEmpty()) {
      unknown.add("log: the embedded broker is not running; start it with veer run");
    } else {
      try {
        exists = new LogTopic(kafka.get(), wave).id().isPresent();
        log = exists ? tail(kafka.get(), wave) : null;
      } catch (Failure e) {
        unknown.add("log: " + e.getMessage());
      }
    }
    return new WaveFacts(wave.wave(), source(wave, unknown), log, exists, target, unknown);
  }

  private static WaveFacts.Log tail(KafkaEndpoint kafka, WaveId wave) {
    LogTail tail = LogTail.read(kafka, wave);
    return new WaveFacts.Log(tail.transaction(), tail.position());
  }

  private Optional<KafkaEndpoint> kafka() {
    KafkaConfig kafka = config.kafka();
    return kafka != null
        ? Optional.of(kafka.endpoint())
        : ProcessFile.running(config.data(), Role.RUN)
            .filter(running -> !running.bootstrap().isEmpty())
            .map(running -> new KafkaEndpoint(running.bootstrap(), java.util.Map.of()));
  }

  private @Nullable PostgresProgress source(WaveId wave, List<String> unknown) {
    try (Connection connection = new SourceConnections(config.source().endpoint()).open("status")) {
      return PostgresProgress.of(connection, wave);
    } catch (SQLException e) {
      unknown.add("source: " + e.getMessage());
      return null;
    }
  }

  private WaveFacts.@Nullable Target target(WaveId wave, List<String> unknown) {
    TargetConnections target = new TargetConnections(config.target().endpoint());
    WaveRecords records = new WaveRecords(new PostgresTarget(), target);
    try (Connection connection = target.open("status")) {
      return new WaveFacts.Target(
          records.stamp(wave).orElse(null),
          records.loads(wave),
          PostgresSessions.anyFor(
              connection, List.of(StampStore.applyPurpose(wave), StampStore.loadPurpose(wave))));
    } catch (SQLException | Failure e) {
      unknown.add("target: " + e.getMessage());
      return null;
    }
  }
}
