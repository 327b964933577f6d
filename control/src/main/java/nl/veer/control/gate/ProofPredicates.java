package nl.veer.control.gate;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import nl.veer.connectors.event.Position;
import nl.veer.connectors.event.TableId;
import nl.veer.control.gate.PredicateState.Holds;
import nl.veer.control.gate.PredicateState.Shut;
import nl.veer.verifier.ledger.Balanced;
import nl.veer.verifier.ledger.LedgerCheckpoint;
import nl.veer.verifier.record.LedgerView;
import nl.veer.verifier.record.OpenFindings;
import nl.veer.verifier.verdict.Scanned;
import nl.veer.verifier.verdict.TableVerdict;
import nl.veer.verifier.verdict.Verdict;
import nl.veer.verifier.verdict.WaveVerdict;
import org.jspecify.annotations.Nullable;

/** Judges what the verifier has on record. Pure. */
final class ProofPredicates {
  private static final String LOOK = "See them with veer diff; mend with veer repair.";

  private final List<TableId> tables;
  private final Duration scanAge;
  private final Duration silence;

  /**
   * @param scanAge a scan that began longer ago proves too little
   * @param silence a ledger that was silent for longer says nothing
   */
  ProofPredicates(List<TableId> tables, Duration scanAge, Duration silence) {
    this.tables = tables;
    this.scanAge = scanAge;
    this.silence = silence;
  }

  List<Predicate> of(Fact<ProofFacts> facts) {
    return List.of(
        PredicateName.LEDGER_BALANCED.is(facts.judged(this::balanced)),
        PredicateName.FINDINGS_NONE.is(facts.judged(ProofPredicates::findings)),
        PredicateName.DIFFERENCES_NONE.is(facts.judged(ProofPredicates::differences)),
        PredicateName.TABLES_SCANNED.is(facts.judged(this::scanned)),
        PredicateName.SCANS_FRESH.is(facts.judged(this::fresh)),
        PredicateName.VERDICT_EQUAL.is(facts.judged(this::verdict)));
  }

  private PredicateState balanced(ProofFacts facts) {
    String start = "Start it with veer run or veer verify.";
    if (facts.ledger().isEmpty()) {
      return new Shut("there is no ledger", start, null);
    }
    LedgerView ledger = facts.ledger().get();
    Instant saved = ledger.savedAt();
    Position position = position(ledger);
    if (!facts.balancing()) {
      return new Shut("no process balances", start, null);
    }
    if (ledger.failure() != null) {
      return new Shut(
          "it does not go on: %s: %s".formatted(ledger.failureCode(), ledger.failure()),
          "Mend what the message names.",
          null);
    }
    if (position == null || saved == null) {
      return new Shut("it has weighed nothing yet", "Wait for its first batch.", null);
    }
    Duration silent = Duration.between(saved, facts.now());
    if (silent.compareTo(silence) > 0) {
      return new Shut("silent for %s".formatted(Ages.of(silent)), start, null);
    }
    return ledger.findings() > 0
        ? new Shut("%,d open findings".formatted(ledger.findings()), LOOK, null)
        : new Holds("up to " + position.text());
  }

  private static @Nullable Position position(LedgerView ledger) {
    LedgerCheckpoint checkpoint = ledger.checkpoint();
    Balanced balanced = checkpoint == null ? null : checkpoint.balanced();
    return balanced == null ? null : balanced.position();
  }

  private static PredicateState findings(ProofFacts facts) {
    long count = facts.findings().values().stream().mapToLong(OpenFindings::count).sum();
    if (count == 0) {
      return new Holds("none open");
    }
    List<String> where =
        facts.findings().keySet().stream()
            .map(table -> table.map(TableId::toString).orElse("the echo"))
            .sorted()
            .toList();
    return new Shut("%,d open, of %s".formatted(count, Few.of(where)), LOOK, null);
  }

  private static PredicateState differences(ProofFacts facts) {
    long count = facts.differences().values().stream().mapToLong(Long::longValue).sum();
    return count == 0
        ? new Holds("none open")
        : new Shut(
            "%,d open, of %s"
                .formatted(count, Few.of(facts.differences().keySet().stream().sorted().toList())),
            LOOK,
            null);
  }

  private PredicateState scanned(ProofFacts facts) {
    if (tables.isEmpty()) {
      return new Shut("the wave has no table", "Choose its tables in the configuration.", null);
    }
    List<TableId> never =
        tables.stream().filter(table -> scan(facts, table).isEmpty()).sorted().toList();
    return never.isEmpty()
        ? new Holds("all %,d since their load".formatted(tables.size()))
        : new Shut(
            "%,d of %,d not since their load: %s"
                .formatted(never.size(), tables.size(), Few.of(never)),
            "Let veer run come to them, or veer scan.",
            null);
  }

  /** Of tables that were never scanned another predicate speaks. */
  private PredicateState fresh(ProofFacts facts) {
    Stream<Scanned> scans = tables.stream().flatMap(table -> scan(facts, table).stream());
    Optional<Instant> oldest = scans.map(Scanned::begunAt).min(Instant::compareTo);
    if (oldest.isEmpty()) {
      return new Shut("no table was scanned", "Let veer run come to them, or veer scan.", null);
    }
    List<TableId> old = new ArrayList<>();
    for (TableId table : tables) {
      scan(facts, table)
          .filter(scan -> Duration.between(scan.begunAt(), facts.now()).compareTo(scanAge) > 0)
          .ifPresent(scan -> old.add(table));
    }
    String age = Ages.of(Duration.between(oldest.get(), facts.now()));
    return old.isEmpty()
        ? new Holds("the oldest %s ago".formatted(age))
        : new Shut(
            "%,d tables longer than %s ago, the oldest %s: %s"
                .formatted(old.size(), Ages.of(scanAge), age, Few.of(old)),
            "Let veer run come to them, or veer scan.",
            null);
  }

  /** The scan of the table's present load that its verdict rests on. */
  private static Optional<Scanned> scan(ProofFacts facts, TableId table) {
    return verdict(facts, table)
        .flatMap(found -> Optional.ofNullable(found.scan()))
        .filter(Scanned::ofThisLoad);
  }

  private static Optional<TableVerdict> verdict(ProofFacts facts, TableId table) {
    return facts.verdict().stream()
        .flatMap(wave -> wave.tables().stream())
        .filter(one -> one.table().equals(table))
        .findFirst();
  }

  private PredicateState verdict(ProofFacts facts) {
    if (facts.verdict().isEmpty()) {
      return new Shut(
          "UNKNOWN: no verifier has looked yet", "Start veer run or veer verify.", null);
    }
    WaveVerdict wave = facts.verdict().get();
    List<TableId> missing =
        tables.stream().filter(table -> verdict(facts, table).isEmpty()).sorted().toList();
    if (wave.verdict() instanceof Verdict.Different different) {
      return new Shut(
          "DIFFERENT: %,d rows, by %s".formatted(different.rows(), wave.because()), LOOK, null);
    }
    if (wave.verdict() instanceof Verdict.Unknown unknown) {
      return new Shut(
          "UNKNOWN (%s): %s".formatted(unknown.reason(), unknown.words()),
          "Let the verifier come to it: veer status --tables.",
          null);
    }
    if (!missing.isEmpty() || tables.isEmpty()) {
      return new Shut(
          "UNKNOWN: no load is on record of " + Few.of(missing), "Start veer run.", null);
    }
    Position position = wave.position();
    return new Holds(
        "EQUAL at %s, %,d tables%s"
            .formatted(position == null ? "?" : position.text(), tables.size(), but(wave)));
  }

  private static String but(WaveVerdict wave) {
    long excluded =
        wave.tables().stream()
            .flatMap(table -> Optional.ofNullable(table.scan()).stream())
            .mapToLong(scan -> scan.exclusions().size())
            .sum();
    return excluded == 0 ? "" : ", %,d columns excluded or tolerated".formatted(excluded);
  }
}
