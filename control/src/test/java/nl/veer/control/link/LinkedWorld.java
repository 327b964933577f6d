package nl.veer.control.link;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.stream.Stream;
import nl.veer.connectors.dialect.DatabaseEndpoint;
import nl.veer.connectors.dialect.SourceConnections;
import nl.veer.connectors.dialect.TargetConnections;
import nl.veer.connectors.log.KafkaEndpoint;
import nl.veer.connectors.log.RegistryEndpoint;
import nl.veer.connectors.log.TopicConfig;
import nl.veer.control.crossing.Crossing;
import nl.veer.control.crossing.CrossingWorld;
import nl.veer.control.crossing.TopicAudit;
import nl.veer.control.wave.Migration;
import nl.veer.control.wave.OpenLog;
import nl.veer.control.wave.Role;
import nl.veer.sandbox.Sandbox;
import nl.veer.sandbox.kafka.SandboxKafka;
import nl.veer.sandbox.link.Fault;
import nl.veer.sandbox.link.Link;
import nl.veer.sandbox.process.FreePorts;

/**
 * A crossing world whose roles, a capture and a replicator, reach their servers over links of their
 * own. The broker is one of this package's own, because it must tell its clients the links' ports.
 * The test itself, its writers and judges, use none of the links.
 */
final class LinkedWorld implements AutoCloseable {
  /** More than the worlds that are open at once need. */
  private static final int KAFKA_LINKS = 10;

  /** Kafka's clients wait the longer, the longer a record may need: here no record is large. */
  private static final int LARGEST_RECORD = 4 << 20;

  /** A walsender whose capture has gone unnoticed ends after this, instead of a minute. */
  private static final String SOON = "-c wal_sender_timeout=8000";

  private static final class Broker {
    static final Queue<Integer> ADVERTISED =
        new ArrayDeque<>(Stream.generate(FreePorts::any).limit(KAFKA_LINKS).toList());
    static final SandboxKafka KAFKA = SandboxKafka.startTemporary(List.copyOf(ADVERTISED));

    static {
      Runtime.getRuntime().addShutdownHook(new Thread(KAFKA::close, "linked-kafka-exit"));
    }
  }

  final CrossingWorld world;
  private final Map<String, String> kafka;
  private final Map<Way, Link> links = new EnumMap<>(Way.class);
  private final Crossing capture;
  private final Crossing replicator;

  private LinkedWorld(
      CrossingWorld world, Set<Way> ways, Map<Way, Fault> ill, Map<String, String> kafka)
      throws SQLException {
    this.world = world;
    this.kafka = kafka;
    ways.forEach(way -> links.put(way, begun(way)));
    ill.forEach((way, fault) -> link(way).suffer(fault));
    this.capture =
        world.begin(
            Role.CAPTURE,
            migration(Way.CAPTURE_TO_SOURCE, Way.CAPTURE_TO_SOURCE),
            log(Way.CAPTURE_TO_KAFKA, Way.CAPTURE_TO_REGISTRY));
    this.replicator =
        world.begin(
            Role.REPLICATE,
            migration(Way.REPLICATOR_TO_SOURCE, Way.REPLICATOR_TO_TARGET),
            log(Way.REPLICATOR_TO_KAFKA, Way.REPLICATOR_TO_REGISTRY));
  }

  /** Starts both roles; all these ways are links, the others direct. */
  static LinkedWorld over(Set<Way> ways, String... ddl) throws SQLException {
    return over(CrossingWorld.with(ddl), ways, Map.of());
  }

  /**
   * Starts both roles in a world that is there already.
   *
   * @param ill links that have a fault from the start
   */
  static LinkedWorld over(CrossingWorld world, Set<Way> ways, Map<Way, Fault> ill)
      throws SQLException {
    return over(world, ways, ill, Map.of());
  }

  /**
   * As {@link #over(CrossingWorld, Set, Map)}.
   *
   * @param kafka properties of both roles' clients
   */
  static LinkedWorld over(
      CrossingWorld world, Set<Way> ways, Map<Way, Fault> ill, Map<String, String> kafka)
      throws SQLException {
    return new LinkedWorld(world, ways, ill, kafka);
  }

  private static Link begun(Way way) {
    Sandbox sandbox = CrossingWorld.sandbox();
    return switch (way) {
      case CAPTURE_TO_SOURCE, REPLICATOR_TO_SOURCE -> Link.to(sandbox.source().port());
      case REPLICATOR_TO_TARGET -> Link.to(sandbox.target().port());
      case CAPTURE_TO_REGISTRY, REPLICATOR_TO_REGISTRY -> Link.to(sandbox.registry().port());
      case CAPTURE_TO_KAFKA, REPLICATOR_TO_KAFKA -> kafkaLink();
    };
  }

  private static Link kafkaLink() {
    int advertised = takePort();
    return Link.at(advertised, Broker.KAFKA.behind(advertised));
  }

  private static synchronized int takePort() {
    return Objects.requireNonNull(Broker.ADVERTISED.poll(), "no Kafka link is left");
  }

  private static synchronized void givePort(int port) {
    Broker.ADVERTISED.add(port);
  }

  /** As it is, but over the links if there are some; the target's way may be the source's. */
  private Migration migration(Way toSource, Way toTarget) throws SQLException {
    Migration direct = world.migration();
    Sandbox sandbox = CrossingWorld.sandbox();
    DatabaseEndpoint source =
        endpoint(direct.source().endpoint(), toSource, sandbox.source().port());
    DatabaseEndpoint target =
        toTarget == Way.REPLICATOR_TO_TARGET
            ? endpoint(direct.target().endpoint(), toTarget, sandbox.target().port())
            : direct.target().endpoint();
    return new Migration(
        new SourceConnections(source),
        new TargetConnections(target),
        direct.waves(),
        direct.tuning());
  }

  private DatabaseEndpoint endpoint(DatabaseEndpoint direct, Way way, int port) {
    Link link = links.get(way);
    String url =
        link == null
            ? direct.url()
            : direct.url().replace(":" + port + "/", ":" + link.port() + "/");
    Map<String, String> properties = new HashMap<>(direct.properties());
    if (way == Way.CAPTURE_TO_SOURCE) {
      properties.put("options", SOON);
    }
    return new DatabaseEndpoint(url, direct.user(), direct.password(), properties);
  }

  private OpenLog log(Way toKafka, Way toRegistry) {
    Link broker = links.get(toKafka);
    Link registry = links.get(toRegistry);
    String url = CrossingWorld.sandbox().registry().url();
    int port = CrossingWorld.sandbox().registry().port();
    return OpenLog.at(
        new KafkaEndpoint(broker == null ? Broker.KAFKA.bootstrap() : broker.address(), kafka),
        new RegistryEndpoint(
            registry == null ? url : url.replace(":" + port + "/", ":" + registry.port() + "/"),
            Map.of()),
        new TopicConfig(1, 1, LARGEST_RECORD));
  }

  Link link(Way way) {
    return Objects.requireNonNull(links.get(way));
  }

  Crossing capture() {
    return capture;
  }

  Crossing replicator() {
    return replicator;
  }

  /** Reads the topic past all links. */
  TopicAudit audit() throws Exception {
    return TopicAudit.of(
        Broker.KAFKA.bootstrap(), CrossingWorld.sandbox().registry().url(), world.wave);
  }

  /** How long the roles need to end, both at once. */
  Duration stop() throws InterruptedException {
    long begin = System.nanoTime();
    Thread other = new Thread(capture::close, "stopper");
    other.start();
    replicator.close();
    other.join();
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  @Override
  public void close() throws Exception {
    stop();
    links.values().forEach(Link::close);
    links.forEach(
        (way, link) -> {
          if (way == Way.CAPTURE_TO_KAFKA || way == Way.REPLICATOR_TO_KAFKA) {
            givePort(link.port());
          }
        });
    CrossingWorld.await(
        "the slot to be free",
        () -> {
          try {
            return world
                .sourceText(
                    "SELECT count(*) FROM pg_replication_slots WHERE active AND slot_name = '"
                        + world.wave.slot()
                        + "'")
                .equals("0");
          } catch (SQLException e) {
            throw new AssertionError(e);
          }
        });
    world.close();
  }
}
