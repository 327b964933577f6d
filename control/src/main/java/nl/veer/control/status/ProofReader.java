package nl.veer.control.status;

import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import nl.veer.connectors.dialect.postgres.PostgresSessions;
import nl.veer.connectors.event.WaveId;
import nl.veer.control.config.VerificationConfig;
import nl.veer.control.wave.Leg;
import nl.veer.control.word.Doing;
import nl.veer.control.word.Heard;
import nl.veer.control.word.ScanSaid;
import nl.veer.control.word.Speaker;
import nl.veer.verifier.record.LedgerStore;
import nl.veer.verifier.record.ScanStore;
import nl.veer.verifier.record.Verdicts;
import org.jspecify.annotations.Nullable;

/** Reads what is proven of a leg from the records at its target, and who goes on proving it. */
final class ProofReader {
  private final StatusSessions sessions;
  private final VerificationConfig how;
  private final Clock clock;

  ProofReader(StatusSessions sessions, VerificationConfig how, Clock clock) {
    this.sessions = sessions;
    this.how = how;
    this.clock = clock;
  }

  /** Null if none was ever begun, or the target does not answer, which is said already. */
  @Nullable LedgerFigures ledger(Leg leg, LegWords words) {
    WaveId wave = leg.wave();
    try {
      return sessions
          .ask(
              leg.to(),
              connection -> {
                boolean running =
                    PostgresSessions.anyFor(connection, List.of(LedgerStore.purpose(wave)));
                return LedgerStore.view(connection, wave)
                    .map(
                        view ->
                            LedgerFigures.of(
                                view, running, words.last(Speaker.LEDGER), clock.instant()));
              })
          .orElse(null);
    } catch (SQLException e) {
      return null;
    }
  }

  /**
   * Null if no verifier has kept anything, or the target does not answer, which is said already.
   */
  @Nullable VerdictFigures verdict(Leg leg, @Nullable LedgerFigures ledger, LegWords words) {
    WaveId wave = leg.wave();
    try {
      return sessions
          .ask(
              leg.to(),
              connection -> {
                String scans = scans(words, ScanStore.doing(connection, wave).orElse(null));
                return Verdicts.now(connection, wave, how.ledger(), how.verdictLag())
                    .map(
                        verdict ->
                            VerdictFigures.of(
                                verdict, how.ledger() ? ledger : null, scans, clock.instant()));
              })
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
}
