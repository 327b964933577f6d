package nl.veer.control.status;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import nl.veer.connectors.dialect.TargetConnections;
import nl.veer.connectors.dialect.postgres.PostgresFailures;
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
import nl.veer.control.config.VerificationConfig;
import nl.veer.control.wave.Leg;
import nl.veer.control.wave.Legs;
import nl.veer.control.wave.ProcessFile;
import nl.veer.control.wave.Role;
import nl.veer.control.word.Doing;
import nl.veer.control.word.Heard;
import nl.veer.control.word.ScanSaid;
import nl.veer.control.word.Speaker;
import nl.veer.control.word.Words;
import nl.veer.replicator.stamp.StampStore;
import nl.veer.replicator.stamp.WaveRecords;
import nl.veer.verifier.record.LedgerStore;
import nl.veer.verifier.record.ScanStore;
import nl.veer.verifier.record.Verdicts;
import org.jspecify.annotations.Nullable;

/**
 * Reads a migration's status from source, log and target, whichever process runs it, and from the
 * status topic what the roles say of themselves. The target is read first and the source last, so
 * that nothing seems to be applied that is not there yet.
 */
public final class StatusReader {
  private static final Duration ANSWER = Duration.ofSeconds(10);

  private final VeerConfig config;
  private final Clock clock;

  public StatusReader(VeerConfig config, Clock clock) {
    this.config = config;
    this.clock = clock;
  }

  public MigrationStatus read() {
    Optional<KafkaEndpoint> kafka = kafka();
    try (SpokenWords words = new SpokenWords(kafka, config.migration(), clock)) {
      List<WaveStatus> waves = legs().stream().map(leg -> status(leg, kafka, words)).toList();
      return new MigrationStatus(
          config.migration(), clock.instant().truncatedTo(ChronoUnit.MILLIS).toString(), waves);
    }
  }

  /** Where the target does not say it, which the status then does, the first legs. */
  private List<Leg> legs() {
    try {
      return List.copyOf(Legs.current(config).values());
    } catch (Failure away) {
      return config.waves().stream().map(wave -> Legs.first(config, config.id(wave))).toList();
    }
  }

  private WaveStatus status(Leg leg, Optional<KafkaEndpoint> kafka, SpokenWords spoken) {
    WaveId wave = leg.wave();
    List<String> unknown = new ArrayList<>();
    WaveFacts.Target target = target(leg, unknown);
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
    PostgresProgress source = source(leg, unknown);
    Words heard = spoken.get();
    if (kafka.isPresent() && !heard.isRead()) {
      unknown.add("roles: " + unread(heard));
    }
    // The last words of a topic that was read in part are not the last ones.
    LegWords words = words(leg, heard.isRead() ? heard : Words.none());
    WaveStatus status =
        new WaveFacts(leg.home().wave(), source, log, exists, target, words, unknown)
            .judged()
            .on(LegFigures.of(leg));
    EchoReader echo =
        new EchoReader(
            new TargetConnections(leg.to().endpoint()),
            kafka,
            config.verification().ledger(),
            ANSWER);
    LedgerFigures ledger = ledger(leg, words);
    return status
        .with(echo.read(wave.echo(), words.last(Speaker.ECHO)), ledger, status.state())
        .with(verdict(leg, ledger, words));
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

  /**
   * Null if no verifier has kept anything, or the target does not answer, which is said already.
   */
  private @Nullable VerdictFigures verdict(
      Leg leg, @Nullable LedgerFigures ledger, LegWords words) {
    WaveId wave = leg.wave();
    VerificationConfig how = config.verification();
    try (Connection connection = leg.to().openBounded("status", ANSWER)) {
      String scans = scans(words, ScanStore.doing(connection, wave).orElse(null));
      return Verdicts.now(connection, wave, how.ledger(), how.verdictLag())
          .map(
              verdict ->
                  VerdictFigures.of(verdict, how.ledger() ? ledger : null, scans, clock.instant()))
          .orElse(null);
    } catch (SQLException e) {
      return null;
    }
  }

  /**
   * What the wave's scans do; null if none run.
   *
   * @param record what the last one has left on record, for where nobody has said anything
   */
  private static @Nullable String scans(LegWords words, @Nullable String record) {
    Heard heard = words.last(Speaker.SCAN).orElse(null);
    if (heard == null || heard.word().doing() == Doing.UNREADABLE) {
      return record;
    }
    if (heard.hasEnded()) {
      return "none: no process scans now";
    }
    if (heard.silent()) {
      return LegWords.words(heard);
    }
    String failure = heard.word().failure();
    return failure != null
        ? "tries again: " + failure
        : heard.word().said() instanceof ScanSaid scan ? scan.doing() : record;
  }

  /** Null if none was ever begun, or the target does not answer, which is said already. */
  private @Nullable LedgerFigures ledger(Leg leg, LegWords words) {
    WaveId wave = leg.wave();
    try (Connection connection = leg.to().openBounded("status", ANSWER)) {
      boolean running = PostgresSessions.anyFor(connection, List.of(LedgerStore.purpose(wave)));
      return LedgerStore.view(connection, wave)
          .map(view -> LedgerFigures.of(view, running, words.last(Speaker.LEDGER), clock.instant()))
          .orElse(null);
    } catch (SQLException e) {
      return null;
    }
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

  private static @Nullable PostgresProgress source(Leg leg, List<String> unknown) {
    try (Connection connection = leg.from().openBounded("status", ANSWER)) {
      return PostgresProgress.of(connection, leg.wave());
    } catch (SQLException e) {
      unknown.add(leg.fromWord() + ": " + PostgresFailures.words(e));
      return null;
    }
  }

  private static WaveFacts.@Nullable Target target(Leg leg, List<String> unknown) {
    WaveId wave = leg.wave();
    WaveRecords records = new WaveRecords(new PostgresTarget(), leg.to());
    try (Connection connection = leg.to().openBounded("status", ANSWER)) {
      boolean replicating =
          PostgresSessions.anyFor(
              connection, List.of(StampStore.applyPurpose(wave), StampStore.loadPurpose(wave)));
      return new WaveFacts.Target(
          records.stamp(wave).orElse(null), records.loads(wave), replicating);
    } catch (SQLException e) {
      unknown.add(leg.toWord() + ": " + PostgresFailures.words(e));
      return null;
    } catch (Failure e) {
      unknown.add(leg.toWord() + ": " + e.getMessage());
      return null;
    }
  }
}
