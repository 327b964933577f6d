package nl.veer.connectors.capture;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import nl.veer.connectors.capture.CaptureStatus.State;
import nl.veer.connectors.dialect.SourceConnections;
import nl.veer.connectors.dialect.postgres.PostgresFailures;
import nl.veer.connectors.dialect.postgres.PostgresIdentity;
import nl.veer.connectors.dialect.postgres.PostgresSlotState;
import nl.veer.connectors.dialect.postgres.PostgresSlots;
import nl.veer.connectors.dialect.postgres.PostgresWaveRelations;
import nl.veer.connectors.event.LsnPosition;
import nl.veer.connectors.event.Position;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.event.codec.EventEncoder;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.connectors.failure.Pauses;
import nl.veer.connectors.failure.Retrying;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.connectors.log.AvroRegistry;
import nl.veer.connectors.log.KafkaEndpoint;
import nl.veer.connectors.log.LogTail;
import nl.veer.connectors.log.LogTopic;
import nl.veer.connectors.log.LogWriter;
import nl.veer.connectors.log.RegistryEndpoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries a wave's source changes into its log, in commit order, each transaction once.
 *
 * <p>Every start is the same: look whether the slot is free, fence earlier writers, read the log's
 * tail, prove that the slot goes on there, stream from there. So a start after any end, clean or
 * not, leaves no gap and no duplicate, and nothing has to be remembered anywhere else. A second
 * capture of the same wave finds the slot in use and waits for it without touching the log.
 */
public final class Capture {
  private static final Logger LOG = LoggerFactory.getLogger(Capture.class);

  /** A look at the source that takes longer is given up and repeated. */
  private static final Duration LOOK_BOUND = Duration.ofSeconds(10);

  private static final String SLOT_IN_USE = "SLOT_IN_USE";
  private static final int LOOKS_AFTER_FENCE = 10;
  private static final Duration PAUSE_AFTER_FENCE = Duration.ofMillis(500);

  private final CaptureConfig config;
  private final SourceConnections source;
  private final KafkaEndpoint kafka;
  private final RegistryEndpoint registry;
  private final StopSignal stop = new StopSignal();
  private final Retrying retrying;
  private final CaptureProgress progress = new CaptureProgress();
  private final WaveRelations relations = new WaveRelations();

  /** Whether the last run was fenced; set by this role's thread, cleared by the engine's. */
  private volatile boolean fenced;

  public Capture(
      CaptureConfig config,
      SourceConnections source,
      KafkaEndpoint kafka,
      RegistryEndpoint registry) {
    this.config = config;
    this.source = source;
    this.kafka = kafka;
    this.registry = registry;
    this.retrying = new Retrying(stop, this::retry, Pauses.growing());
  }

  /**
   * Makes the log's topic, the publication and the slot, or checks those that exist. May be
   * repeated.
   *
   * @throws Failure CONFIGURATION, LOST_POSITION, TRANSIENT
   */
  public void prepare() {
    new CapturePreparation(config, source, kafka).run();
  }

  /**
   * Runs on the calling thread until {@link #stop} is called or a failure ends it.
   *
   * @throws Failure of a kind that stops
   */
  public void run() {
    try {
      retrying.untilDone(this::runOnce);
      progress.state(State.STOPPED, null);
      LOG.atInfo().addKeyValue("wave", config.wave()).log("Capture stopped");
    } catch (Failure e) {
      progress.state(State.FAILED, e);
      throw e;
    }
  }

  /** Ends {@link #run} cleanly; returns at once. Safe from any thread. */
  public void stop() {
    stop.raise();
  }

  public CaptureStatus status() {
    return progress.status();
  }

  private void retry(Failure failure) {
    progress.state(State.RETRYING, failure);
    LOG.atWarn()
        .addKeyValue("wave", config.wave())
        .addKeyValue("code", failure.code())
        .log("Capture is tried again: {}", failure.getMessage());
  }

  private void runOnce() {
    progress.starting();
    requireFreeSlot();
    try {
      stream();
    } catch (Failure failure) {
      throw failure.code().equals(LogWriter.FENCED) ? fenced(failure) : failure;
    }
  }

  private void stream() {
    WaveId wave = config.wave();
    try (LogWriter writer = LogWriter.open(kafka, wave);
        AvroRegistry schemas = new AvroRegistry(registry, wave)) {
      LogTail tail = LogTail.read(kafka, wave);
      Position start = requireContinuity(tail);
      PostgresWaveRelations tables = requireSameTables(tail);
      String logId = logId();
      progress.begin(tail);
      Placeholder placeholder = Placeholder.random();
      TransactionStream stream =
          new TransactionStream(
              tail.transaction(),
              tail.position(),
              Set.copyOf(config.tables()),
              new EventEncoder(wave, schemas),
              placeholder,
              writer::append);
      Publisher publisher = new Publisher(stream, writer, this::published);
      LOG.atInfo()
          .addKeyValue("wave", wave)
          .addKeyValue("position", start.text())
          .addKeyValue("transaction", tail.transaction())
          .log("Capture starts");
      try (Heartbeats beats =
              Heartbeats.start(source, wave, config.heartbeat(), Clock.systemUTC());
          WaveWatch watch = WaveWatch.start(wave, () -> look(tail, logId))) {
        new Engine(
                EngineSettings.of(
                    config, source.endpoint(), (LsnPosition) start, tables, placeholder),
                publisher)
            .run(stop, watch::finding, wave.toString());
      }
    }
  }

  /** Half a transaction is no progress: the next start would write it again. */
  private void published(TransactionStream stream) {
    progress.published(stream);
    if (stream.transactions() > 0) {
      fenced = false;
      retrying.progressed();
    }
  }

  /**
   * Another writer's fence and Kafka's own, after a transaction that took too long, look the same.
   * The slot tells: who writes the log holds it.
   */
  private Failure fenced(Failure failure) {
    if (fenced) {
      return failure;
    }
    fenced = true;
    return new Failure(
        FailureKind.TRANSIENT,
        failure.code(),
        "This capture's writing to the log was cut off, by another capture of the wave or by Kafka"
            + " after a long pause. Looking who holds the slot.",
        failure);
  }

  /** Gives the server time to notice that this capture's own session has ended. */
  private void requireFreeSlot() {
    if (!fenced) {
      requireFreeSlotNow();
      return;
    }
    for (int looks = 0; ; looks++) {
      try {
        requireFreeSlotNow();
        return;
      } catch (Failure failure) {
        if (!failure.code().equals(SLOT_IN_USE) || stop.isRaised()) {
          throw failure;
        }
        if (looks == LOOKS_AFTER_FENCE || stop.await(PAUSE_AFTER_FENCE)) {
          throw new Failure(
              FailureKind.CONFLICT,
              LogWriter.FENCED,
              "Another capture of the wave "
                  + config.wave()
                  + " writes its log and holds its slot now; this one has ended.",
              failure);
        }
      }
    }
  }

  /** Before anything is fenced: the capture that holds the slot is well and shall not be harmed. */
  private void requireFreeSlotNow() {
    Optional<PostgresSlotState> slot =
        ask("look at the slot", open -> PostgresSlots.find(open, config.wave().slot()));
    if (slot.isPresent() && slot.get().isActive()) {
      throw new Failure(
          FailureKind.TRANSIENT,
          SLOT_IN_USE,
          "The source's replication slot "
              + config.wave().slot()
              + " is in use by the server's process "
              + slot.get().activePid()
              + ": another capture of this wave runs, or has just ended. Waiting for it.");
    }
  }

  private Position requireContinuity(LogTail tail) {
    return ask(
        "look at the slot",
        open -> {
          CapturePreparation.requirePrimary(open);
          return SourceContinuity.require(
              tail,
              PostgresIdentity.read(open),
              PostgresSlots.find(open, config.wave().slot()),
              CapturePreparation.walEnd(open));
        });
  }

  private PostgresWaveRelations requireSameTables(LogTail tail) {
    return ask(
        "look at the wave's tables",
        open -> CapturePreparation.requireSameTables(open, config, tail, relations));
  }

  private String logId() {
    return new LogTopic(kafka, config.wave())
        .idForSure()
        .orElseThrow(() -> SourceContinuity.lost("LOG_LOST", "The log's topic is gone."));
  }

  private void look(LogTail tail, String logId) throws SQLException {
    try (Connection connection = source.openBounded(config.wave() + " watch", LOOK_BOUND)) {
      CapturePreparation.requireSameTables(connection, config, tail, relations);
    }
    if (!logId().equals(logId)) {
      throw SourceContinuity.lost("LOG_LOST", "The log's topic was deleted and made anew.");
    }
  }

  @FunctionalInterface
  private interface Question<T> {
    T ask(Connection connection) throws SQLException;
  }

  private <T> T ask(String what, Question<T> question) {
    try (Connection connection = source.open(config.wave() + " capture")) {
      return question.ask(connection);
    } catch (SQLException e) {
      throw PostgresFailures.source(e, what);
    }
  }
}
