package nl.veer.control.metrics;

import static nl.veer.control.metrics.Measure.counter;
import static nl.veer.control.metrics.Measure.gauge;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import nl.veer.control.reading.WaveReading;
import nl.veer.control.status.LedgerFigures;
import nl.veer.verifier.ledger.Balanced;
import nl.veer.verifier.ledger.LedgerCounts;
import nl.veer.verifier.ledger.LedgerStatus;
import nl.veer.verifier.verdict.Scanned;
import nl.veer.verifier.verdict.TableVerdict;
import nl.veer.verifier.verdict.UnknownReason;
import nl.veer.verifier.verdict.Verdict;
import nl.veer.verifier.verdict.WaveVerdict;
import org.jspecify.annotations.Nullable;

/** What is proven of a wave: ledger, scans, verdict. */
final class ProofMeasures {
  private static final List<String> WORDS = List.of("EQUAL", "DIFFERENT", "UNKNOWN");

  private final Supplier<Instant> now;

  ProofMeasures(Supplier<Instant> now) {
    this.now = now;
  }

  List<Measure<WaveReading>> all() {
    List<Measure<WaveReading>> all = new ArrayList<>(ledger());
    all.addAll(verdict());
    all.addAll(scans());
    return all;
  }

  private static List<Measure<WaveReading>> ledger() {
    return List.of(
        gauge(
            "veer.ledger.lag.seconds",
            "seconds",
            "Since the source committed what was weighed last: the lag of the verification.",
            wave -> Sample.seconds(figures(wave, LedgerFigures::lagMillis))),
        gauge(
            "veer.ledger.transaction",
            "",
            "Number of the last transaction that log and echo were weighed up to.",
            wave -> Sample.one(balanced(wave))),
        counter(
            "veer.ledger.transactions",
            "",
            "Transactions of the source weighed since the ledger began.",
            counts(LedgerCounts::transactions)),
        counter(
            "veer.ledger.rows",
            "rows",
            "Net changes found equal since the ledger began.",
            counts(LedgerCounts::rows)),
        counter(
            "veer.ledger.findings",
            "",
            "Findings since the ledger began, mended ones too.",
            counts(LedgerCounts::findings)),
        counter(
            "veer.ledger.unbalanced.rows",
            "rows",
            "Net changes that could not be weighed, and are left to the scan.",
            counts(LedgerCounts::unbalanced)));
  }

  private static @Nullable Long figures(
      WaveReading wave, Function<LedgerFigures, @Nullable Long> value) {
    LedgerFigures ledger = wave.status().ledger();
    return ledger == null ? null : value.apply(ledger);
  }

  private static @Nullable Long balanced(WaveReading wave) {
    LedgerStatus ledger = wave.words().ledger();
    Balanced balanced = ledger == null ? null : ledger.balanced();
    return balanced == null ? null : (Long) balanced.transaction();
  }

  /** Before its first checkpoint a ledger has counted nothing that anybody knows. */
  private static Function<WaveReading, List<Sample>> counts(Function<LedgerCounts, Long> value) {
    return wave -> {
      LedgerStatus ledger = wave.words().ledger();
      return ledger == null || ledger.balanced() == null
          ? List.of()
          : Sample.one(value.apply(ledger.counts()));
    };
  }

  private static List<Measure<WaveReading>> verdict() {
    return List.of(
        gauge(
            "veer.verdict",
            "",
            "1 for the verdict that holds: EQUAL, DIFFERENT or UNKNOWN.",
            wave -> {
              WaveVerdict verdict = wave.words().verdict();
              return verdict == null
                  ? List.of()
                  : WORDS.stream()
                      .map(
                          word ->
                              Sample.of(
                                  Sample.number(word.equals(verdict.verdict().word())),
                                  "verdict",
                                  word))
                      .toList();
            }),
        gauge(
            "veer.tables",
            "",
            "Tables by their verdict.",
            wave -> tables(wave, ProofMeasures::byVerdict)),
        gauge(
            "veer.differences",
            "",
            "Rows and findings that stand open.",
            wave -> Sample.one(differences(wave))),
        gauge(
            "veer.table.differences",
            "",
            "Rows and findings of a table that stand open.",
            wave -> perTable(wave, table -> (Number) differing(table.verdict()))));
  }

  private static List<Sample> byVerdict(List<TableVerdict> tables) {
    return WORDS.stream()
        .map(
            word ->
                Sample.of(
                    tables.stream().filter(one -> one.verdict().word().equals(word)).count(),
                    "verdict",
                    word))
        .toList();
  }

  /** Null where nobody looks, or the records cannot be read: that is not none. */
  private static @Nullable Long differences(WaveReading wave) {
    WaveVerdict verdict = wave.words().verdict();
    return verdict == null || isUnread(verdict) ? null : (Long) differing(verdict.verdict());
  }

  private static boolean isUnread(WaveVerdict verdict) {
    return verdict.tables().isEmpty()
        && verdict.verdict() instanceof Verdict.Unknown unknown
        && unknown.reason() == UnknownReason.ERROR;
  }

  private static long differing(Verdict verdict) {
    return verdict instanceof Verdict.Different different ? different.rows() : 0;
  }

  private List<Measure<WaveReading>> scans() {
    return List.of(
        gauge(
            "veer.scan.coverage.ratio",
            "ratio",
            "Share of the tables that a scan has looked at since they were loaded.",
            wave -> tables(wave, ProofMeasures::coverage)),
        gauge(
            "veer.scan.age.seconds",
            "seconds",
            "Age of the oldest table's last scan, from its first look.",
            wave -> tables(wave, this::oldest)),
        gauge(
            "veer.unsettled.rows",
            "rows",
            "Rows that went on changing while the last scans looked at them.",
            wave -> tables(wave, ProofMeasures::unsettled)),
        counter(
            "veer.scan.rows",
            "rows",
            "Rows of the source that scans have compared.",
            wave -> Sample.one(wave.words().scan() == null ? null : wave.words().scan().rows())),
        gauge(
            "veer.table.scan.age.seconds",
            "seconds",
            "Age of a table's last scan, from its first look.",
            wave -> perTable(wave, this::age)),
        gauge(
            "veer.table.unsettled.rows",
            "rows",
            "Rows of a table that went on changing while its last scan looked at them.",
            wave ->
                perTable(
                    wave,
                    table -> table.scan() == null ? null : (Number) table.scan().unsettled())));
  }

  private static List<Sample> coverage(List<TableVerdict> tables) {
    return Sample.one((double) present(tables).size() / tables.size());
  }

  /** Of which a table's last scan looked at its present load. */
  private static List<Scanned> present(List<TableVerdict> tables) {
    List<Scanned> scans = new ArrayList<>();
    for (TableVerdict table : tables) {
      Scanned scan = table.scan();
      if (scan != null && scan.ofThisLoad()) {
        scans.add(scan);
      }
    }
    return scans;
  }

  /** Nothing while a table was never looked at: no number is its age. */
  private List<Sample> oldest(List<TableVerdict> tables) {
    List<Scanned> scans = present(tables);
    return scans.size() < tables.size()
        ? List.of()
        : Sample.one(scans.stream().mapToDouble(scan -> age(scan)).max().orElse(Double.NaN));
  }

  private static List<Sample> unsettled(List<TableVerdict> tables) {
    return Sample.one(present(tables).stream().mapToLong(Scanned::unsettled).sum());
  }

  private @Nullable Number age(TableVerdict table) {
    Scanned scan = table.scan();
    return scan == null ? null : (Number) age(scan);
  }

  private double age(Scanned scan) {
    return Math.max(0, Sample.seconds(Duration.between(scan.begunAt(), now.get())));
  }

  private static List<Sample> tables(
      WaveReading wave, Function<List<TableVerdict>, List<Sample>> samples) {
    WaveVerdict verdict = wave.words().verdict();
    return verdict == null || verdict.tables().isEmpty()
        ? List.of()
        : samples.apply(verdict.tables());
  }

  private static List<Sample> perTable(
      WaveReading wave, Function<TableVerdict, @Nullable Number> value) {
    return tables(
        wave,
        tables -> {
          List<Sample> samples = new ArrayList<>();
          for (TableVerdict table : tables) {
            Number number = value.apply(table);
            if (number != null) {
              samples.add(Sample.of(number, "table", table.table().toString()));
            }
          }
          return samples;
        });
  }
}
