package nl.veer.control.health;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import nl.veer.control.alert.AlertFigures;
import nl.veer.control.alert.AlertFigures.ChannelFigures;
import nl.veer.control.alert.AlertFigures.ChannelTrouble;
import nl.veer.control.reading.MigrationReading;
import nl.veer.control.reading.Readings;
import nl.veer.control.reading.RoleReading;
import nl.veer.control.reading.WaveReading;

/**
 * Judges this process. It is live unless a restart would help: the thread that follows the legs and
 * the one that reads go round, none wait for each other, the run goes on. It is ready if its roles
 * carry, by their own words: one that has ended alone, as echo and ledger do, is told there. An
 * answer waits for nothing. Safe for use by several threads.
 */
public final class Health {
  /** A look at the legs may wait for roles that end, and for a database. */
  static final Duration HANGS = Duration.ofMinutes(2);

  /** A role that has tried again for so long does not carry. */
  static final Duration RETRIES = Duration.ofSeconds(30);

  private final Supplier<State> state;
  private final Supplier<List<String>> deadlocked;
  private final Clock clock;

  /**
   * What is known.
   *
   * @param silence since it was read
   * @param channels that people are told by
   */
  record State(
      Optional<MigrationReading> reading, Duration silence, List<ChannelFigures> channels) {
    State {
      channels = List.copyOf(channels);
    }
  }

  /**
   * @param alerts what became of the messages to people
   */
  public Health(Readings readings, Supplier<AlertFigures> alerts, Clock clock) {
    this(
        () ->
            new State(readings.last(), readings.silence(clock.instant()), alerts.get().channels()),
        Health::deadlockedThreads,
        clock);
  }

  Health(Supplier<State> state, Supplier<List<String>> deadlocked, Clock clock) {
    this.state = state;
    this.deadlocked = deadlocked;
    this.clock = clock;
  }

  /** Whether this process should go on; if not, nothing but a new start may help. */
  public HealthReport live() {
    State now = state.get();
    List<HealthReason> reasons = new ArrayList<>();
    List<String> threads = deadlocked.get();
    if (!threads.isEmpty()) {
      reasons.add(
          HealthReason.ofProcess(
              "DEADLOCK", "These threads wait for each other: " + String.join(", ", threads)));
    }
    if (now.silence().compareTo(HANGS) > 0) {
      reasons.add(
          HealthReason.ofProcess(
              "READER_HANGS",
              "What the roles do was last read %d s ago.".formatted(now.silence().toSeconds())));
    }
    now.reading().ifPresent(reading -> live(reasons, reading));
    return HealthReport.live(clock.instant(), reasons);
  }

  private static void live(List<HealthReason> reasons, MigrationReading reading) {
    if (reading.followerSilence().compareTo(HANGS) > 0) {
      reasons.add(
          HealthReason.ofProcess(
              "FOLLOWER_HANGS",
              "Which leg each wave is on was last looked at %d s ago."
                  .formatted(reading.followerSilence().toSeconds())));
    }
    if (reading.end() != null) {
      reasons.add(
          HealthReason.ofProcess(reading.end().code(), String.valueOf(reading.end().getMessage())));
    }
  }

  /** Whether this process's roles carry what they are there for. */
  public HealthReport ready() {
    State now = state.get();
    Instant at = clock.instant();
    List<HealthReason> reasons = new ArrayList<>();
    if (now.reading().isEmpty()) {
      reasons.add(HealthReason.ofProcess("STARTING", "Nothing was read yet."));
    } else if (now.silence().compareTo(Readings.STALE) > 0) {
      reasons.add(
          HealthReason.ofProcess(
              "STALE", "What is known is %d s old.".formatted(now.silence().toSeconds())));
    }
    now.reading().ifPresent(reading -> ready(reasons, reading, at));
    return HealthReport.ready(at, reasons, notes(now.channels()));
  }

  private static void ready(List<HealthReason> reasons, MigrationReading reading, Instant at) {
    if (reading.end() != null) {
      reasons.add(
          HealthReason.ofProcess(reading.end().code(), String.valueOf(reading.end().getMessage())));
    }
    if (reading.waves().isEmpty()) {
      reasons.add(HealthReason.ofProcess("NO_WAVES", "No wave has a role here yet."));
    }
    for (WaveReading wave : reading.waves()) {
      if (!wave.isHeard()) {
        reasons.add(noLeg(wave));
      }
      own(wave).filter(role -> !carries(role, at)).forEach(role -> reasons.add(reason(wave, role)));
    }
  }

  /** Who is not told of alerts must see it elsewhere; the roles carry all the same. */
  private static List<HealthReason> notes(List<ChannelFigures> channels) {
    List<HealthReason> notes = new ArrayList<>();
    for (ChannelFigures channel : channels) {
      ChannelTrouble trouble = channel.trouble();
      if (trouble != null) {
        notes.add(
            new HealthReason(
                null,
                null,
                trouble.code(),
                "Alerts do not arrive by %s: %s".formatted(channel.name(), trouble.words()),
                trouble.since()));
      }
    }
    return notes;
  }

  private static HealthReason noLeg(WaveReading wave) {
    return new HealthReason(
        wave.wave(),
        null,
        "NO_LEG",
        "No leg of this wave is known to run here: nothing is known of it.",
        wave.unheardSince());
  }

  private static boolean carries(RoleReading role, Instant at) {
    return switch (role.state()) {
      case WELL -> true;
      // The proof's roles wait for the load's end; only those that carry must have begun.
      case WAITING -> !role.role().equals("capture") && !role.role().equals("replicate");
      case RETRYING -> Duration.between(role.since(), at).compareTo(RETRIES) <= 0;
      case INCIDENT, FAILED, ENDED, SILENT, UNKNOWN -> false;
    };
  }

  private static Stream<RoleReading> own(WaveReading wave) {
    return wave.roles().stream().filter(RoleReading::here);
  }

  private static HealthReason reason(WaveReading wave, RoleReading role) {
    String code = role.code();
    String words = role.words();
    return new HealthReason(
        wave.wave(),
        role.role(),
        code == null ? role.state().name() : code,
        words == null ? role.role() + " is " + role.state() + "." : words,
        role.since());
  }

  private static List<String> deadlockedThreads() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long[] ids = threads.findDeadlockedThreads();
    return ids == null
        ? List.of()
        : Stream.of(threads.getThreadInfo(ids))
            .filter(thread -> thread != null)
            .map(ThreadInfo::getThreadName)
            .toList();
  }
}
