package nl.veer.control.wave;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import nl.veer.connectors.event.LogId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.connectors.log.AheadLogReader;
import nl.veer.connectors.log.KafkaEndpoint;
import nl.veer.connectors.log.KafkaLogReader;
import nl.veer.connectors.log.LogReader;
import nl.veer.connectors.log.RegistryEndpoint;
import nl.veer.connectors.log.TopicConfig;
import nl.veer.control.config.KafkaConfig;
import nl.veer.control.config.RegistryConfig;
import nl.veer.control.config.VeerConfig;
import nl.veer.sandbox.kafka.SandboxKafka;
import nl.veer.sandbox.process.SandboxFailure;
import nl.veer.sandbox.registry.SandboxRegistry;

/**
 * The Kafka and the registry that hold the log: the configured ones, or embedded ones that live as
 * long as this does and whose data is kept in the data directory.
 */
public final class OpenLog implements AutoCloseable {
  /** One broker, so one copy; its settings are Veer's own, so it takes more than stock ones. */
  private static final TopicConfig EMBEDDED_TOPIC = new TopicConfig(1, 1, 256 << 20);

  private final KafkaEndpoint kafka;
  private final RegistryEndpoint registry;
  private final TopicConfig topic;
  private final List<AutoCloseable> embedded;

  private OpenLog(
      KafkaEndpoint kafka,
      RegistryEndpoint registry,
      TopicConfig topic,
      List<AutoCloseable> embedded) {
    this.kafka = kafka;
    this.registry = registry;
    this.topic = topic;
    this.embedded = embedded;
  }

  /**
   * Opens what the configuration names, or starts what it leaves out.
   *
   * @throws Failure CONFIGURATION if the embedded servers cannot start
   */
  public static OpenLog open(VeerConfig config) {
    KafkaConfig kafka = config.kafka();
    RegistryConfig registry = config.registry();
    return kafka == null || registry == null
        ? embedded(config.data())
        : new OpenLog(kafka.endpoint(), registry.endpoint(), kafka.topic(), List.of());
  }

  /** A log on servers that somebody else started, with one broker. */
  public static OpenLog at(SandboxKafka kafka, SandboxRegistry registry) {
    return of(kafka, registry, List.of());
  }

  /** A log on servers that somebody else started, wherever they are reached. */
  public static OpenLog at(KafkaEndpoint kafka, RegistryEndpoint registry, TopicConfig topic) {
    return new OpenLog(kafka, registry, topic, List.of());
  }

  private static OpenLog embedded(Path data) {
    CompletableFuture<SandboxRegistry> registry =
        CompletableFuture.supplyAsync(() -> SandboxRegistry.start(data.resolve("registry")));
    SandboxKafka kafka = null;
    try {
      kafka = SandboxKafka.start(data.resolve("kafka"));
      SandboxRegistry started = registry.join();
      return of(kafka, started, List.of(kafka, started));
    } catch (SandboxFailure | CompletionException e) {
      if (kafka != null) {
        kafka.close();
      } else {
        registry.thenAccept(SandboxRegistry::close).exceptionally(ignored -> null).join();
      }
      Throwable cause = e.getCause() instanceof SandboxFailure inner ? inner : e;
      throw new Failure(
          FailureKind.CONFIGURATION, "EMBEDDED_LOG", String.valueOf(cause.getMessage()), e);
    }
  }

  private static OpenLog of(
      SandboxKafka kafka, SandboxRegistry registry, List<AutoCloseable> owned) {
    return new OpenLog(
        new KafkaEndpoint(kafka.bootstrap(), java.util.Map.of()),
        new RegistryEndpoint(registry.url(), java.util.Map.of()),
        EMBEDDED_TOPIC,
        owned);
  }

  public KafkaEndpoint kafka() {
    return kafka;
  }

  public RegistryEndpoint registry() {
    return registry;
  }

  public TopicConfig topic() {
    return topic;
  }

  /** Why the embedded broker has given up, if it has; it cannot begin again in this process. */
  public Optional<Failure> failure() {
    return embedded.stream()
        .filter(SandboxKafka.class::isInstance)
        .flatMap(kafka -> ((SandboxKafka) kafka).broken().stream())
        .findFirst()
        .map(
            words ->
                new Failure(
                    FailureKind.CONFIGURATION,
                    "EMBEDDED_LOG",
                    ("The embedded broker has given up (%s). Is the disk of `data` full or broken?"
                            + " What it has acknowledged is kept: give it room and start again.")
                        .formatted(words)));
  }

  /** A reader of a wave's log, or of its echo. */
  public LogReader reader(LogId log) {
    return KafkaLogReader.open(kafka, registry, log, topic);
  }

  /** The same, which fetches and decodes the next while the last is worked on. */
  public LogReader readerAhead(LogId log) {
    return new AheadLogReader(reader(log), "read " + log.logTopic());
  }

  @Override
  public void close() {
    for (AutoCloseable server : embedded) {
      try {
        server.close();
      } catch (Exception e) {
        throw new Failure(FailureKind.BUG, "CLOSE", "An embedded server did not end: " + e, e);
      }
    }
  }
}
