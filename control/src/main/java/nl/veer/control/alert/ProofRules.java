package nl.veer.control.alert;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import nl.veer.control.reading.WaveReading;
import nl.veer.control.status.WaveState;
import nl.veer.verifier.verdict.Scanned;
import nl.veer.verifier.verdict.TableVerdict;
import nl.veer.verifier.verdict.UnknownReason;
import nl.veer.verifier.verdict.Verdict;
import nl.veer.verifier.verdict.WaveVerdict;
import org.jspecify.annotations.Nullable;

/** Differences, the verdict and the age of scans; where a process judges. Pure. */
final class ProofRules {
  /** So many tables are named. */
  private static final int NAMED = 3;

  private ProofRules() {}

  static void judge(List<Judgement> said, WaveReading wave, Instant at, Duration scanAge) {
    if (!wave.does("verdict")) {
      return;
    }
    WaveVerdict verdict = wave.words().verdict();
    difference(said, wave.wave(), verdict);
    notEqual(said, wave, verdict);
    if (verdict == null || isUnread(verdict)) {
      said.add(Judgement.unknown(AlertRule.SCAN_AGE, wave.wave()));
    } else {
      scanAge(said, wave.wave(), verdict, at, scanAge);
    }
  }

  private static void difference(List<Judgement> said, String wave, @Nullable WaveVerdict verdict) {
    if (verdict == null || isUnread(verdict)) {
      said.add(Judgement.unknown(AlertRule.DIFFERENCE, wave));
    } else if (verdict.verdict() instanceof Verdict.Different different) {
      said.add(
          Judgement.raised(
              AlertRule.DIFFERENCE,
              wave,
              "",
              "%,d rows or findings stand open%s"
                  .formatted(different.rows(), named(verdict.tables()))));
    }
  }

  private static String named(List<TableVerdict> tables) {
    List<String> differing =
        tables.stream()
            .filter(table -> table.verdict() instanceof Verdict.Different)
            .map(table -> table.table().toString())
            .toList();
    if (differing.isEmpty()) {
      return "";
    }
    int more = differing.size() - NAMED;
    return ", of "
        + String.join(", ", differing.subList(0, Math.min(NAMED, differing.size())))
        + (more > 0 ? " and %d more tables".formatted(more) : "");
  }

  /** Before a wave is carried nothing can be equal. */
  private static void notEqual(
      List<Judgement> said, WaveReading wave, @Nullable WaveVerdict verdict) {
    WaveState state = wave.status().state();
    boolean begins =
        state == WaveState.STARTING
            || state == WaveState.LOADING
            || state == WaveState.CATCHING_UP
            || state == WaveState.NOT_STARTED;
    if (begins || (verdict != null && verdict.verdict() instanceof Verdict.Equal)) {
      return;
    }
    said.add(
        Judgement.raised(
            AlertRule.VERDICT,
            wave.wave(),
            "",
            verdict == null ? "there is no verdict yet" : "the verdict is " + words(verdict)));
  }

  private static String words(WaveVerdict verdict) {
    return verdict.verdict() instanceof Verdict.Unknown unknown
        ? "UNKNOWN, " + unknown.reason() + ": " + unknown.words()
        : verdict.verdict().word();
  }

  private static void scanAge(
      List<Judgement> said, String wave, WaveVerdict verdict, Instant at, Duration bound) {
    long old = 0;
    String oldest = "";
    Instant first = at;
    for (TableVerdict table : verdict.tables()) {
      Scanned scan = table.scan();
      if (scan != null && Duration.between(scan.begunAt(), at).compareTo(bound) > 0) {
        old++;
        if (scan.begunAt().isBefore(first)) {
          first = scan.begunAt();
          oldest = table.table().toString();
        }
      }
    }
    if (old > 0) {
      said.add(
          Judgement.raised(
              AlertRule.SCAN_AGE,
              wave,
              "",
              "%,d tables were not scanned for %d min; the oldest scan is that of %s"
                  .formatted(old, Duration.between(first, at).toMinutes(), oldest)));
    }
  }

  /** The records could not be read: that is not the same as nothing on record. */
  private static boolean isUnread(WaveVerdict verdict) {
    return verdict.tables().isEmpty()
        && verdict.verdict() instanceof Verdict.Unknown unknown
        && unknown.reason() == UnknownReason.ERROR;
  }
}
