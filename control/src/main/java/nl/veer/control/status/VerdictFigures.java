package nl.veer.control.status;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import nl.veer.verifier.verdict.Exclusion;
import nl.veer.verifier.verdict.Scanned;
import nl.veer.verifier.verdict.TableVerdict;
import nl.veer.verifier.verdict.Verdict;
import nl.veer.verifier.verdict.VerdictChange;
import nl.veer.verifier.verdict.WaveVerdict;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a wave. Beyond the position nothing is.
 *
 * @param reason null unless the verdict is UNKNOWN
 * @param words for people; null unless the verdict is UNKNOWN
 * @param position of the source, for which EQUAL or DIFFERENT holds; of UNKNOWN that up to which it
 *     was known to be equal; null if it never was
 * @param ageMillis since the source was there; null if that is not known
 * @param scans what the wave's scans do; null if none run
 * @param tables one per table
 */
public record VerdictFigures(
    String verdict,
    @Nullable String reason,
    @Nullable String words,
    @Nullable String position,
    @Nullable Long ageMillis,
    @Nullable String scans,
    List<Table> tables) {

  public VerdictFigures {
    tables = List.copyOf(tables);
  }

  /**
   * One table.
   *
   * @param differing how many rows and findings stand open
   * @param scannedAt when the scan began that it rests on; null without one
   * @param exclusions columns that were not compared, or not exactly
   */
  public record Table(
      String table,
      String verdict,
      @Nullable String reason,
      @Nullable String words,
      @Nullable String position,
      long differing,
      @Nullable String scannedAt,
      List<Exclusion> exclusions) {

    static Table of(TableVerdict table) {
      Verdict verdict = table.verdict();
      Scanned scan = table.scan();
      return new Table(
          table.table().toString(),
          verdict.word(),
          VerdictChange.reasonOf(verdict),
          wordsOf(verdict),
          LiveStatus.text(table.position()),
          verdict instanceof Verdict.Different different ? different.rows() : 0,
          scan == null ? null : scan.begunAt().toString(),
          scan == null ? List.of() : scan.exclusions());
    }
  }

  /**
   * @param ledger null where none is asked for: then EQUAL is as old as the scan it rests on
   * @param scans what the wave's scans do; null if none run
   */
  static VerdictFigures of(
      WaveVerdict wave, @Nullable LedgerFigures ledger, @Nullable String scans, Instant now) {
    Verdict verdict = wave.verdict();
    return new VerdictFigures(
        verdict.word(),
        VerdictChange.reasonOf(verdict),
        wordsOf(verdict),
        LiveStatus.text(wave.position()),
        wave.position() == null ? null : age(wave, ledger, now),
        scans,
        wave.tables().stream().map(Table::of).toList());
  }

  private static @Nullable String wordsOf(Verdict verdict) {
    return verdict instanceof Verdict.Unknown unknown ? unknown.words() : null;
  }

  private static @Nullable Long age(WaveVerdict wave, @Nullable LedgerFigures ledger, Instant now) {
    if (ledger != null) {
      return ledger.lagMillis();
    }
    return wave.tables().stream()
        .map(TableVerdict::scan)
        .filter(scan -> scan != null)
        .map(scan -> Math.max(0, Duration.between(scan.begunAt(), now).toMillis()))
        .max(Long::compare)
        .orElse(null);
  }
}
