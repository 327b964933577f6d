package nl.veer.connectors.capture;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import nl.veer.connectors.capture.CaptureStatus.State;
import nl.veer.connectors.dialect.DriverSockets;
import nl.veer.connectors.dialect.SourceConnections;
import nl.veer.connectors.dialect.postgres.PostgresFailures;
import nl.veer.connectors.dialect.postgres.PostgresIdentity;
import nl.veer.connectors.dialect.postgres.PostgresSlotState;
import nl.veer.connectors.dialect.postgres.PostgresSlots;
import nl.veer.connectors.dialect.postgres.PostgresWaveRelations;
import nl.veer.connectors.event.LogId;
import nl.veer.connectors.event.LsnPosition;
import nl.veer.connectors.event.Position;
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
import org.jspecify.annotations.Nullable;
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

  /** How often it looks at what no event tells. */
  private static final Duration RHYTHM = Duration.ofSeconds(5);

  /** A look at the source that takes longer is given up and repeated. */
  private static final Duration LOOK_BOUND = Duration.ofSeconds(10);

  /** A start that waits for a server may end by itself in this time after a stop. */
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final CaptureConfig config;
  private final SourceConnections source;
  private final KafkaEndpoint kafka;
  private final RegistryEndpoint registry;
  private final Duration rhythm;
  private final StopSignal stop = new StopSignal();
  private final Retrying retrying;
  private final CaptureProgress progress = new CaptureProgress();

  /** While a leg of the wave is about to follow another. */
  private final Spell moving = new Spell();

  /** While somebody waits for each change. */
  private final Spell awaited = new Spell();

  private final WaveRelations relations;
  private final FencedOff fencedOff;

  private final CountDownLatch ended = new CountDownLatch(1);

  /** The thread that prepares or runs; null before. */
  private volatile @Nullable Thread runner;

  public Capture(
      CaptureConfig config,
      SourceConnections source,
      KafkaEndpoint kafka,
      RegistryEndpoint registry) {
    this(config, source, kafka, registry, RHYTHM);
  }

  /** For tests of what it looks for. */
  Capture(
      CaptureConfig config,
      SourceConnections source,
      KafkaEndpoint kafka,
      RegistryEndpoint registry,
      Duration rhythm) {
    this.config = config;
    this.source = source.apart();
    this.kafka = kafka;
    this.registry = registry;
    this.rhythm = rhythm;
    this.relations = new WaveRelations(config.log());
    this.fencedOff = new FencedOff(config.log());
    this.retrying = new Retrying(stop, this::retry, Pauses.growing());
  }

  /**
   * Makes the log's topic, the publication and the slot, or checks those that exist. May be
   * repeated.
   *
   * @throws Failure CONFIGURATION, LOST_POSITION, TRANSIENT
   */
  public void prepare() {
    runner = Thread.currentThread();
    try {
      new CapturePreparation(config, source, kafka).run();
      progress.state(State.STARTING, null);
    } catch (Failure thrown) {
      Failure failure = notJustFenced(thrown);
      progress.state(after(failure), failure);
      throw failure;
    } finally {
      // The thread is its caller's again, and not to be cut off by a stop.
      runner = null;
    }
  }

  /**
   * Runs on the calling thread until {@link #stop} is called or a failure ends it.
   *
   * @throws Failure of a kind that stops
   */
  public void run() {
    runner = Thread.currentThread();
    try {
      retrying.untilDone(this::attempt);
      progress.state(State.STOPPED, null);
      LOG.atInfo().addKeyValue("wave", config.log()).log("Capture stopped");
    } catch (Failure e) {
      progress.state(State.FAILED, e);
      throw e;
    } finally {
      ended.countDown();
    }
  }

  /**
   * Ends {@link #run} cleanly; returns at once. What still waits for a server some seconds later is
   * cut off. Safe from any thread.
   */
  public void stop() {
    boolean first = !stop.isRaised();
    stop.raise();
    if (first) {
      Thread cutter = new Thread(this::cutWhatHangs, "capture end " + config.log());
      cutter.setDaemon(true);
      cutter.start();
    }
  }

  /** A start is read-only until its writer is open, so that it may be broken off anywhere. */
  private void cutWhatHangs() {
    try {
      while (!ended.await(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
        source.abort();
        Thread running = runner;
        if (running == null || !running.isAlive()) {
          return;
        }
        running.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * For the next second, a leg of the wave is about to follow another: what can wait does, for
   * writes may be refused. To be said again while that is so. Safe from any thread.
   *
   * @param changesAwaited whether writes may be refused until changes have come through here
   */
  public void hurry(boolean changesAwaited) {
    moving.goesOn();
    if (changesAwaited) {
      awaited.goesOn();
    }
  }

  public CaptureStatus status() {
    return progress.status();
  }

  private static State after(Failure failure) {
    return switch (failure.kind().reaction()) {
      case STOP -> State.FAILED;
      case RETRY -> State.RETRYING;
      case INCIDENT -> State.INCIDENT;
    };
  }

  private void retry(Failure failure) {
    progress.retried(after(failure), failure);
    LOG.atWarn()
        .addKeyValue("wave", config.log())
        .addKeyValue("code", failure.code())
        .log("Capture is tried again: {}", failure.getMessage());
  }

  /**
   * A right that was there once was taken away, and will be given back: no reason to end a run of
   * weeks. Such a try writes nothing, so the next one need not be later than the last.
   */
  private void attempt() {
    try {
      runOnce();
    } catch (Failure failure) {
      if (failure.code().equals(PostgresFailures.ACCESS) && progress.status().transactions() > 0) {
        retrying.progressed();
        throw failure.asIncident(FailureKind.SOURCE_DATA);
      }
      throw failure;
    }
  }

  private void runOnce() {
    progress.starting();
    fencedOff.requireFreeSlot(this::requireFreeSlot, this::lastTransaction, stop);
    try {
      stream();
    } catch (Failure failure) {
      throw notJustFenced(failure);
    }
  }

  private Failure notJustFenced(Failure failure) {
    return failure.code().equals(LogWriter.FENCED) ? fencedOff.by(failure) : failure;
  }

  private void stream() {
    LogId log = config.log();
    CaptureRhythm usual = CaptureRhythm.of(log);
    try (LogWriter writer = LogWriter.open(kafka, log, config.topic());
        AvroRegistry schemas = new AvroRegistry(registry, log)) {
      LogTail tail = LogTail.read(kafka, log, config.topic().maxRecordBytes());
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
              new EventEncoder(log, schemas),
              placeholder,
              new RecordBound(config.topic().maxRecordBytes()),
              writer::append);
      LOG.atInfo()
          .addKeyValue("wave", log)
          .addKeyValue("position", start.text())
          .addKeyValue("transaction", tail.transaction())
          .log("Capture starts");
      try (Heartbeats beats = Heartbeats.start(source, log, config.heartbeat(), Clock.systemUTC());
          WaveWatch watch = WaveWatch.start(log, rhythm, () -> look(tail, logId), moving::isOn);
          DriverSockets sockets = DriverSockets.open();
          RowBlocks blocks = RowBlocks.open(() -> usual.linger(awaited.isOn()));
          StreamWatch silence = StreamWatch.start(source, config, rhythm, sockets)) {
        Runnable cut =
            () -> {
              sockets.abort();
              writer.abort();
            };
        new Engine(
                EngineSettings.of(
                    config,
                    source.endpoint(),
                    (LsnPosition) start,
                    tables,
                    placeholder,
                    blocks,
                    sockets),
                new Publisher(new Rejoin(tail, start), stream, blocks, writer, this::published),
                cut)
            .run(stop, watch::finding, log.toString());
      }
    }
  }

  /** Half a transaction is no progress: the next start would write it again. */
  private void published(TransactionStream stream) {
    progress.published(stream);
    if (stream.transactions() > 0) {
      fencedOff.mended();
      retrying.progressed();
    }
  }

  private long lastTransaction() {
    return LogTail.read(kafka, config.log(), config.topic().maxRecordBytes()).transaction();
  }

  /** Before anything is fenced: the capture that holds the slot is well and shall not be harmed. */
  private void requireFreeSlot() {
    Optional<PostgresSlotState> slot =
        ask("look at the slot", open -> PostgresSlots.find(open, config.log().slot()));
    if (slot.isPresent() && slot.get().isActive()) {
      throw new Failure(
          FailureKind.TRANSIENT,
          FencedOff.SLOT_IN_USE,
          "The source's replication slot "
              + config.log().slot()
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
              PostgresSlots.find(open, config.log().slot()),
              CapturePreparation.walEnd(open));
        });
  }

  private PostgresWaveRelations requireSameTables(LogTail tail) {
    return ask(
        "look at the wave's tables",
        open -> CapturePreparation.requireSameTables(open, config, tail, relations));
  }

  private String logId() {
    return new LogTopic(kafka, config.log())
        .idForSure()
        .orElseThrow(() -> SourceContinuity.lost("LOG_LOST", "The log's topic is gone."));
  }

  private void look(LogTail tail, String logId) throws SQLException {
    try (Connection connection = source.openBounded(config.log() + " watch", LOOK_BOUND)) {
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
    try (Connection connection = source.open(config.log() + " capture")) {
      return question.ask(connection);
    } catch (SQLException e) {
      throw PostgresFailures.source(e, what);
    }
  }
}
