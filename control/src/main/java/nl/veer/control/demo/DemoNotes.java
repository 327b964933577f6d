package nl.veer.control.demo;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nl.veer.connectors.event.Position;
import nl.veer.control.demo.DemoReport.Verdict;
import nl.veer.control.wave.Leg;
import nl.veer.replicator.ReplicatorStatus;
import nl.veer.sandbox.oracle.Judgement;
import nl.veer.verifier.verdict.WaveVerdict;
import org.jspecify.annotations.Nullable;

/**
 * What the acts of a demo have seen so far, and the report of it; what no act came to stays
 * UNKNOWN. Owned by the demo's thread.
 */
final class DemoNotes {
  private final boolean loadedBefore;
  private final long began = System.nanoTime();
  private final Map<Integer, Long> latest = new HashMap<>();
  private long events;
  private DemoReport.@Nullable LagMillis lag;
  private long loadRowsPerSecond;
  private boolean loaded;
  private long transactions;
  private DemoReport.Ledger there = DemoReport.Ledger.NONE;
  private DemoReport.Ledger back = DemoReport.Ledger.NONE;
  private DemoReport.Scan scan = new DemoReport.Scan(Verdict.UNKNOWN, 0, 0);
  private DemoReport.@Nullable Move rehearsal;
  private DemoReport.@Nullable Move cutover;
  private Verdict verdict = Verdict.UNKNOWN;
  private @Nullable String provenAt;
  private Optional<Judgement> judgement = Optional.empty();
  private DemoReport.@Nullable Certificate certificate;

  /**
   * @param loadedBefore whether an earlier demo has loaded the shop
   */
  DemoNotes(boolean loadedBefore) {
    this.loadedBefore = loadedBefore;
  }

  static String position(WaveVerdict verdict) {
    Position position = verdict.position();
    return position == null ? "-" : position.text();
  }

  static Verdict word(WaveVerdict verdict) {
    return Verdict.valueOf(verdict.verdict().word());
  }

  /** How the load is; the first look that sees all of it done gives its pace. */
  void load(ReplicatorStatus status) {
    List<ReplicatorStatus.LoadProgress> tables = status.loads();
    if (!loaded
        && !tables.isEmpty()
        && tables.stream().allMatch(ReplicatorStatus.LoadProgress::complete)) {
      loaded = true;
      long rows = tables.stream().mapToLong(ReplicatorStatus.LoadProgress::rows).sum();
      double seconds = Math.max(1, System.nanoTime() - began) / 1e9;
      loadRowsPerSecond = loadedBefore ? 0 : Math.round(rows / seconds);
    }
  }

  /**
   * What a leg's replicator has done so far. A later one of the same leg counts from zero again:
   * that of a cutover that was undone.
   */
  void carried(Leg leg, ReplicatorStatus status) {
    long before = latest.getOrDefault(leg.number(), 0L);
    long more = status.events() >= before ? status.events() - before : status.events();
    events += more;
    latest.put(leg.number(), status.events());
    if (lag == null) {
      lag =
          new DemoReport.LagMillis(
              status.lag().p50Millis(), status.lag().p99Millis(), status.lag().maxMillis());
    }
  }

  void scanned(DemoReport.Scan found) {
    scan = found;
  }

  void rehearsed(DemoReport.Move attempt) {
    rehearsal = attempt;
  }

  void cutOver(DemoReport.Move attempt) {
    cutover = attempt;
  }

  void closed(long committed) {
    transactions = committed;
  }

  /** Before the cutover, and behind it. */
  void balanced(DemoReport.Ledger before, DemoReport.Ledger behind) {
    there = before;
    back = behind;
  }

  void proven(WaveVerdict found) {
    verdict = word(found);
    provenAt = found.position() == null ? null : found.position().text();
  }

  void judged(Judgement found) {
    judgement = Optional.of(found);
  }

  void certified(DemoReport.Certificate written) {
    certificate = written;
  }

  DemoReport report() {
    return new DemoReport(
        judgement.map(found -> found.tables().size()).orElse(0),
        judgement.map(Judgement::rows).orElse(0L),
        transactions,
        events,
        loadRowsPerSecond,
        lag == null ? new DemoReport.LagMillis(0, 0, 0) : lag,
        there.plus(back),
        scan,
        rehearsal,
        cutover,
        new DemoReport.Reverse(back.rows() > 0 ? verdict : Verdict.UNKNOWN, back.rows()),
        verdict,
        provenAt,
        judgement
            .map(found -> found.equal() ? Verdict.EQUAL : Verdict.DIFFERENT)
            .orElse(Verdict.UNKNOWN),
        differences(),
        certificate);
  }

  private List<String> differences() {
    return judgement.stream()
        .flatMap(found -> found.tables().stream())
        .filter(table -> !table.equal())
        .map(table -> table.table() + ": " + table.difference())
        .toList();
  }
}
