package nl.veer.control.alert;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nl.veer.control.config.AlertsConfig;
import nl.veer.control.cutover.Attempt;
import nl.veer.control.reading.MigrationReading;
import nl.veer.control.reading.RoleReading;
import nl.veer.control.reading.RoleState;
import nl.veer.control.reading.WaveReading;
import nl.veer.control.status.LedgerFigures;
import org.jspecify.annotations.Nullable;

/**
 * What the rules say of a reading. Each wave's case is judged by the process whose role knows it,
 * so that roles in processes of their own do not tell the same thing twice. Pure.
 */
final class AlertRules {
  /** An abort that the budget has begun may still be under way. */
  private static final Duration UNDOING = Duration.ofSeconds(5);

  /** A role whose heartbeats come later than this many is silent. */
  private static final int BEATS = 3;

  private final AlertsConfig config;
  private final Duration silent;

  /**
   * @param heartbeat how often at least something comes from a capture
   */
  AlertRules(AlertsConfig config, Duration heartbeat) {
    Duration beats = heartbeat.multipliedBy(BEATS);
    this.config = config;
    this.silent = beats.compareTo(config.silent()) > 0 ? beats : config.silent();
  }

  /** How long a rule must be raised before it fires; where a role's own time counts, it is none. */
  Duration hold(AlertRule rule) {
    return switch (rule) {
      case DIFFERENCE,
          INCIDENT,
          ROLE_FAILED,
          CUTOVER_OVERDUE,
          ROLE_SILENT,
          ROLE_RETRYING,
          SCAN_AGE ->
          Duration.ZERO;
      case LAG, LEDGER_LAG, SLOT_LOSS -> config.hold();
      case VERDICT -> config.verdict();
    };
  }

  List<Judgement> judge(MigrationReading reading) {
    List<Judgement> said = new ArrayList<>();
    for (WaveReading wave : reading.waves()) {
      Instant unheard = wave.unheardSince();
      if (unheard != null) {
        said.add(unheard(wave.wave(), unheard, reading.at()));
        continue;
      }
      ProofRules.judge(said, wave, reading.at(), config.scanAge());
      SlotRules.judge(said, wave, config);
      roles(said, wave, reading.at());
      lag(said, wave);
      ledgerLag(said, wave);
      cutover(said, wave, reading.at());
    }
    return said;
  }

  /** Of such a wave nothing else is known, so nothing that fires is over. */
  private Judgement unheard(String wave, Instant since, Instant at) {
    return lasts(since, at, silent)
        ? Judgement.raised(
            AlertRule.ROLE_SILENT,
            wave,
            "",
            "no leg of the wave is known to run here, since %s at least".formatted(since))
        : Judgement.unknown(AlertRule.ROLE_SILENT, wave);
  }

  private void roles(List<Judgement> said, WaveReading wave, Instant at) {
    for (RoleReading role : wave.roles()) {
      rule(role, at)
          .ifPresent(
              rule ->
                  said.add(Judgement.raised(rule, wave.wave(), role.role(), words(role, rule))));
      if (role.state() == RoleState.UNKNOWN) {
        said.add(Judgement.unknown(AlertRule.ROLE_SILENT, wave.wave()));
      }
    }
  }

  private Optional<AlertRule> rule(RoleReading role, Instant at) {
    return switch (role.state()) {
      case INCIDENT -> Optional.of(AlertRule.INCIDENT);
      case FAILED -> Optional.of(AlertRule.ROLE_FAILED);
      case RETRYING ->
          lasts(role.since(), at, config.retrying())
              ? Optional.of(AlertRule.ROLE_RETRYING)
              : Optional.empty();
      case SILENT ->
          lasts(role.since(), at, silent) ? Optional.of(AlertRule.ROLE_SILENT) : Optional.empty();
      case WELL -> isStill(role, at) ? Optional.of(AlertRule.ROLE_SILENT) : Optional.empty();
      case WAITING, ENDED, UNKNOWN -> Optional.empty();
    };
  }

  private boolean isStill(RoleReading role, Instant at) {
    Instant moved = role.moved();
    return role.here()
        && moved != null
        && lasts(moved, at, silent)
        && lasts(role.since(), at, silent);
  }

  private static boolean lasts(Instant since, Instant at, Duration time) {
    return Duration.between(since, at).compareTo(time) >= 0;
  }

  private static String words(RoleReading role, AlertRule rule) {
    if (rule != AlertRule.ROLE_SILENT) {
      return role.trouble();
    }
    return role.here()
        ? "%s runs, but nothing has come from it since %s".formatted(role.role(), role.moved())
        : "no process does %s, since %s at least".formatted(role.role(), role.since());
  }

  private void lag(List<Judgement> said, WaveReading wave) {
    if (wave.does("replicate")) {
      lag(
          said,
          AlertRule.LAG,
          wave.wave(),
          wave.status().lagMillis(),
          "the target is %d s behind the source");
    }
  }

  private void ledgerLag(List<Judgement> said, WaveReading wave) {
    if (wave.does("ledger")) {
      LedgerFigures ledger = wave.status().ledger();
      lag(
          said,
          AlertRule.LEDGER_LAG,
          wave.wave(),
          ledger == null ? null : ledger.lagMillis(),
          "log and echo are balanced up to %d s ago");
    }
  }

  private void lag(
      List<Judgement> said, AlertRule rule, String wave, @Nullable Long millis, String words) {
    if (millis == null) {
      said.add(Judgement.unknown(rule, wave));
    } else if (millis > config.lag().toMillis()) {
      said.add(
          Judgement.raised(
              rule,
              wave,
              "",
              (words + ", more than %d s").formatted(millis / 1000, config.lag().toSeconds())));
    }
  }

  /** One process of a wave tells it. */
  private static void cutover(List<Judgement> said, WaveReading wave, Instant at) {
    if (!wave.does("replicate")) {
      return;
    }
    Attempt attempt = wave.around().attempt();
    if (attempt == null) {
      if (!wave.around().read()) {
        said.add(Judgement.unknown(AlertRule.CUTOVER_OVERDUE, wave.wave()));
      }
      return;
    }
    Duration outage =
        attempt.isFinished() ? Duration.ZERO : attempt.outage(at).orElse(Duration.ZERO);
    if (outage.compareTo(attempt.budget().plus(UNDOING)) > 0) {
      said.add(
          Judgement.raised(
              AlertRule.CUTOVER_OVERDUE,
              wave.wave(),
              "",
              "writes are refused for %d s, the budget was %d s; the attempt stands at %s"
                  .formatted(
                      outage.toSeconds(), attempt.budget().toSeconds(), attempt.state().word())));
    }
  }
}
