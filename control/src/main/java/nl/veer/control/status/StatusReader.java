package nl.veer.control.status;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import nl.veer.connectors.dialect.TargetConnections;
import nl.veer.connectors.dialect.postgres.PostgresFailures;
import nl.veer.connectors.dialect.postgres.PostgresProgress;
import nl.veer.connectors.dialect.postgres.PostgresSessions;
import nl.veer.connectors.dialect.postgres.PostgresSlotRetention;
import nl.veer.connectors.dialect.postgres.PostgresTarget;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.log.KafkaEndpoint;
import nl.veer.control.config.KafkaConfig;
import nl.veer.control.config.VeerConfig;
import nl.veer.control.config.VerificationConfig;
import nl.veer.control.wave.Leg;
import nl.veer.control.wave.Legs;
import nl.veer.control.wave.ProcessFile;
import nl.veer.control.wave.Role;
import nl.veer.control.word.Speaker;
import nl.veer.control.word.Words;
import nl.veer.replicator.stamp.Stamp;
import nl.veer.replicator.stamp.StampStore;
import nl.veer.replicator.stamp.WaveRecords;
import org.jspecify.annotations.Nullable;

/**
 * Reads a migration's status from source, log and target, whichever process runs it, and from the
 * status topic what the roles say of themselves: of a log, its capture says how far it is. The
 * target is read first and the source last, so that nothing seems to be applied that is not there
 * yet. Between two readings it keeps a session per database, which waits, and follows the topic.
 * Safe for use by several threads, one at a time.
 */
public final class StatusReader implements AutoCloseable {
  private static final Duration END = Duration.ofSeconds(1);

  private final VeerConfig config;
  private final Clock clock;
  private final ReentrantLock reading = new ReentrantLock();
  private final StatusSessions sessions = new StatusSessions();
  private final SpokenWords spoken;
  private final ProofReader proof;

  public StatusReader(VeerConfig config, Clock clock) {
    this.config = config;
    this.clock = clock;
    this.spoken = new SpokenWords(config.migration(), clock);
    this.proof = new ProofReader(sessions, config.verification(), clock);
  }

  /** Reads it for somebody who looks once. */
  public static MigrationStatus once(VeerConfig config, Clock clock) {
    try (StatusReader reader = new StatusReader(config, clock)) {
      return reader.read();
    }
  }

  /** What could not be read is said in it. */
  public MigrationStatus read() {
    reading.lock();
    try {
      return readAlone();
    } finally {
      reading.unlock();
    }
  }

  private MigrationStatus readAlone() {
    Instant at = clock.instant();
    Optional<KafkaEndpoint> kafka = kafka();
    spoken.follow(kafka);
    sessions.begin();
    List<WaveStatus> waves = legs().stream().map(leg -> status(leg, kafka)).toList();
    return new MigrationStatus(
        config.migration(), at.truncatedTo(ChronoUnit.MILLIS).toString(), waves);
  }

  /** Where home does not say it, which the status then does, the first legs. */
  private List<Leg> legs() {
    TargetConnections home = new TargetConnections(config.target().endpoint());
    try {
      return List.copyOf(
          sessions.ask(home, connection -> Legs.current(config, connection)).values());
    } catch (SQLException away) {
      return config.waves().stream().map(wave -> Legs.first(config, config.id(wave))).toList();
    }
  }

  private WaveStatus status(Leg leg, Optional<KafkaEndpoint> kafka) {
    WaveId wave = leg.wave();
    List<String> unknown = new ArrayList<>();
    WaveFacts.Target target = target(leg, unknown);
    Words heard = spoken.get();
    // The last words of a topic that was read in part are not the last ones.
    LegWords words = words(leg, heard.isRead() ? heard : Words.none());
    LogEnd log = log(wave, kafka, target, words, unknown);
    SlotFigures slot = null;
    PostgresProgress source = null;
    try {
      slot = sessions.ask(leg.from(), connection -> slot(connection, wave)).orElse(null);
      source = sessions.ask(leg.from(), connection -> PostgresProgress.of(connection, wave));
    } catch (SQLException e) {
      unknown.add(leg.fromWord() + ": " + PostgresFailures.words(e));
    }
    if (kafka.isPresent() && !heard.isRead()) {
      unknown.add("roles: " + unread(heard));
    }
    WaveStatus status =
        new WaveFacts(leg.home().wave(), source, log, target, slot, words, unknown)
            .judged()
            .on(LegFigures.of(leg));
    EchoReader echo =
        new EchoReader(
            sessions,
            new TargetConnections(leg.to().endpoint()),
            kafka,
            config.verification().ledger());
    LedgerFigures ledger = proof.ledger(leg, words);
    return status
        .with(echo.read(wave.echo(), words.last(Speaker.ECHO)), ledger, status.state())
        .with(proof.verdict(leg, ledger, words));
  }

  private LegWords words(Leg leg, Words words) {
    VerificationConfig how = config.verification();
    Set<Speaker> expected = EnumSet.of(Speaker.CAPTURE, Speaker.REPLICATOR);
    if (how.ledger()) {
      expected.add(Speaker.ECHO);
      expected.add(Speaker.LEDGER);
    }
    if (how.scan()) {
      expected.add(Speaker.SCAN);
    }
    if (how.ledger() || how.scan()) {
      expected.add(Speaker.VERDICT);
    }
    return new LegWords(words, leg.home(), leg.number(), expected);
  }

  private static String unread(Words words) {
    return words.trouble() == null
        ? "what they say could not be read to its end in time"
        : words.trouble();
  }

  private static @Nullable LogEnd log(
      WaveId wave,
      Optional<KafkaEndpoint> kafka,
      WaveFacts.@Nullable Target target,
      LegWords words,
      List<String> unknown) {
    if (kafka.isEmpty()) {
      unknown.add("log: the embedded broker is not running; start it with veer run");
      return null;
    }
    try {
      LogEnd end = LogReader.read(kafka.get(), wave, words.last(Speaker.CAPTURE));
      Stamp stamp = target == null ? null : target.stamp();
      // What was applied was in the log, whatever the capture has said last.
      return end != null && stamp != null && stamp.transaction() > end.transaction()
          ? new LogEnd(end.begun(), stamp.transaction(), stamp.position())
          : end;
    } catch (Failure e) {
      unknown.add("log: " + e.getMessage());
      return null;
    }
  }

  private Optional<KafkaEndpoint> kafka() {
    KafkaConfig kafka = config.kafka();
    return kafka != null
        ? Optional.of(kafka.endpoint())
        : ProcessFile.running(config.data(), Role.RUN)
            .filter(running -> !running.bootstrap().isEmpty())
            .map(running -> new KafkaEndpoint(running.bootstrap(), Map.of()));
  }

  private static Optional<SlotFigures> slot(Connection source, WaveId wave) throws SQLException {
    return PostgresSlotRetention.find(source, wave.slot())
        .map(
            slot ->
                new SlotFigures(
                    slot.active(), slot.lost(), slot.retainedBytes(), slot.safeBytes()));
  }

  private WaveFacts.@Nullable Target target(Leg leg, List<String> unknown) {
    WaveId wave = leg.wave();
    try {
      return sessions.ask(leg.to(), connection -> target(connection, wave));
    } catch (SQLException e) {
      unknown.add(leg.toWord() + ": " + PostgresFailures.words(e));
      return null;
    }
  }

  private static WaveFacts.Target target(Connection connection, WaveId wave) throws SQLException {
    boolean replicating =
        PostgresSessions.anyFor(
            connection, List.of(StampStore.applyPurpose(wave), StampStore.loadPurpose(wave)));
    if (!new PostgresTarget().hasRecords(connection)) {
      return new WaveFacts.Target(null, List.of(), replicating);
    }
    return new WaveFacts.Target(
        WaveRecords.stamp(connection, wave).orElse(null),
        WaveRecords.loads(connection, wave),
        replicating);
  }

  /** Ends its sessions; those of a reading that hangs are left to the end of the process. */
  @Override
  public void close() {
    try {
      if (reading.tryLock(END.toMillis(), TimeUnit.MILLISECONDS)) {
        try {
          spoken.close();
          sessions.close();
        } finally {
          reading.unlock();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
