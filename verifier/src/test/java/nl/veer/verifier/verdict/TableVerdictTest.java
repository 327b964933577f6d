package nl.veer.verifier.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import nl.veer.connectors.event.LsnPosition;
import nl.veer.connectors.event.Position;
import nl.veer.connectors.event.TableId;
import nl.veer.verifier.verdict.Balance.Ledger;
import nl.veer.verifier.verdict.Balance.Off;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each row of the table by which a verdict is made. */
class TableVerdictTest {
  private static final TableId ORDERS = new TableId("shop", "orders");
  private static final Duration BOUND = Duration.ofSeconds(30);
  private static final Verdict BROKEN = Verdict.unknown(UnknownReason.ERROR, "away");
  private static final Verdict RESTLESS = Verdict.unknown(UnknownReason.UNSETTLED, "2 rows");
  private static final Ledger ALIVE = ledger(100);

  static Stream<Arguments> decisions() {
    return Stream.of(
        // Nothing looked yet.
        row("no load", new Basis().notLoaded().scan(equal(1)), ALIVE, "NEVER_SCANNED", "load"),
        row("no scan", new Basis(), ALIVE, "NEVER_SCANNED", "load"),
        row("an older load's", new Basis().scan(ofOldLoad(1)), ALIVE, "NEVER_SCANNED", "load"),
        // What differs, differs whatever else there is.
        row("difference", new Basis().scan(equal(2)).differs(1, 1), ALIVE, "DIFFERENT", "scan 1"),
        row("finding", new Basis().scan(equal(2)).found(1, 12), ALIVE, "DIFFERENT", "finding 12"),
        row("unscanned", new Basis().found(1, 12), ALIVE, "DIFFERENT", "finding 12"),
        row("dead ledger", new Basis().differs(1, 1), Ledger.NONE, "DIFFERENT", "scan 1"),
        // The last scan gave no answer.
        row("unsettled", new Basis().scan(scan(3, RESTLESS)), ALIVE, "UNSETTLED", "scan 3"),
        row("error", new Basis().scan(scan(3, BROKEN)), ALIVE, "ERROR", "scan 3"),
        row("late", new Basis().scan(scan(3, BROKEN)).scan(equal(2)), ALIVE, "ERROR", "scan 3"),
        row(
            "mended",
            new Basis().scan(differing(3)).closed("repair 4"),
            ALIVE,
            "BEHIND",
            "repair 4"),
        // The ledger is not there.
        row("no ledger", new Basis().scan(equal(1)), Ledger.NONE, "BEHIND", "ledger"),
        row("not running", new Basis().scan(equal(1)), stopped(), "BEHIND", "ledger"),
        row("failed", new Basis().scan(equal(1)), failed(), "ERROR", "ledger"),
        row("lags", new Basis().scan(equal(1)), late(31, 0), "BEHIND", "ledger"),
        row("silent", new Basis().scan(equal(1)), late(0, 31), "BEHIND", "ledger"),
        row("not there yet", new Basis().scan(equal(1)), ledger(19), "BEHIND", "scan 1"),
        row("began later", new Basis().scan(equal(1)), begunAt(5), "BEHIND", "scan 1"),
        // EQUAL.
        row("equal", new Basis().scan(equal(1)), ALIVE, "EQUAL", "scan 1"),
        row("just there", new Basis().scan(equal(1)), ledger(20), "EQUAL", "scan 1"),
        row("just not late", new Basis().scan(equal(1)), late(30, 30), "EQUAL", "scan 1"),
        row(
            "of before",
            new Basis().scan(equalAt(2, 99, 101)).scan(equal(1)),
            ALIVE,
            "EQUAL",
            "scan 1"),
        row("no ledger asked for", new Basis().scan(equal(1)), new Off(), "EQUAL", "scan 1"),
        // An older EQUAL does not outlive what contradicts it.
        row(
            "contradicted",
            new Basis().scan(equalAt(3, 99, 101)).scan(differing(2)).scan(equal(1)),
            ALIVE,
            "BEHIND",
            "scan 3"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("decisions")
  void isMadeByTheTable(
      String name, TableBasis basis, Balance balance, String said, String because) {
    TableVerdict verdict = TableVerdict.of(basis, balance, BOUND);

    assertThat(said(verdict.verdict())).isEqualTo(said);
    assertThat(verdict.because()).isEqualTo(because);
  }

  @Test
  void equalHoldsWhereTheLedgerIsAndWithoutOneAtTheScansFirstLook() {
    TableBasis basis = new Basis().scan(equalAt(1, 10, 20)).made();

    assertThat(TableVerdict.of(basis, ALIVE, BOUND).position()).isEqualTo(at(100));
    assertThat(TableVerdict.of(basis, new Off(), BOUND).position()).isEqualTo(at(10));
  }

  @Test
  void aDeadLedgersEqualIsUnknownBehindItsPosition() {
    TableBasis basis = new Basis().scan(equal(1)).made();

    TableVerdict dead = TableVerdict.of(basis, stopped(), BOUND);

    assertThat(dead.verdict().word()).isEqualTo("UNKNOWN");
    assertThat(dead.position()).isEqualTo(at(100));
  }

  @Test
  void countsWhatDiffers() {
    assertThat(
            TableVerdict.of(new Basis().differs(2, 1).found(3, 4).made(), ALIVE, BOUND).verdict())
        .isEqualTo(new Verdict.Different(5));
  }

  /** Takes one thing away from all that makes EQUAL, then some more at random. */
  @Test
  void isNeverEqualWhereAnythingIsMissing() {
    Random random = new Random(7);
    for (int run = 0; run < 5_000; run++) {
      boolean ledger = random.nextInt(4) > 0;
      int missing = random.nextInt(ledger ? 12 : 6);
      boolean[] lost = new boolean[12];
      for (int i = 0; i < lost.length; i++) {
        lost[i] = i == missing || random.nextInt(8) == 0;
      }
      Scanned scan =
          new Scanned(
              9,
              lost[0]
                  ? (random.nextBoolean() ? RESTLESS : new Verdict.Different(1))
                  : Verdict.equal(),
              0,
              !lost[1],
              lost[2] ? null : at(10),
              lost[2] ? null : at(20),
              lost[6] ? null : (Long) 7L,
              List.of(),
              Instant.EPOCH,
              Instant.EPOCH);
      TableBasis basis =
          new TableBasis(
              ORDERS,
              !lost[3],
              lost[4] && random.nextBoolean() ? List.of() : List.of(scan),
              lost[4] ? 1 : 0,
              1,
              lost[5] ? 1 : 0,
              1,
              random.nextBoolean() ? "repair 1" : null);
      Balance balance =
          ledger
              ? new Ledger(
                  lost[7] ? (random.nextBoolean() ? null : at(19)) : at(20),
                  lost[8] ? 7 : 6,
                  lost[9] ? (random.nextBoolean() ? null : BOUND.plusMillis(1)) : BOUND,
                  lost[10] ? (random.nextBoolean() ? null : BOUND.plusMillis(1)) : BOUND,
                  !lost[11],
                  lost[11] && random.nextBoolean() ? "LEDGER: gone" : null)
              : new Off();

      TableVerdict verdict = TableVerdict.of(basis, balance, BOUND);

      assertThat(verdict.verdict().word()).as("%s %s", basis, balance).isNotEqualTo("EQUAL");
    }
  }

  private static Arguments row(
      String name, Basis basis, Balance balance, String said, String because) {
    return Arguments.of(name, basis.made(), balance, said, because);
  }

  private static String said(Verdict verdict) {
    return verdict instanceof Verdict.Unknown unknown ? unknown.reason().name() : verdict.word();
  }

  private static Position at(long lsn) {
    return new LsnPosition(lsn);
  }

  private static Scanned equal(long id) {
    return equalAt(id, 10, 20);
  }

  private static Scanned equalAt(long id, long first, long last) {
    return new Scanned(
        id,
        Verdict.equal(),
        0,
        true,
        at(first),
        at(last),
        5L,
        List.of(),
        Instant.EPOCH,
        Instant.EPOCH);
  }

  private static Scanned scan(long id, Verdict verdict) {
    return new Scanned(
        id, verdict, 0, true, at(10), at(20), 5L, List.of(), Instant.EPOCH, Instant.EPOCH);
  }

  private static Scanned differing(long id) {
    return scan(id, new Verdict.Different(1));
  }

  private static Scanned ofOldLoad(long id) {
    return new Scanned(
        id, Verdict.equal(), 0, false, at(10), at(20), 5L, List.of(), Instant.EPOCH, Instant.EPOCH);
  }

  private static Ledger ledger(long upTo) {
    return new Ledger(at(upTo), 0, Duration.ZERO, Duration.ZERO, true, null);
  }

  private static Ledger begunAt(long from) {
    return new Ledger(at(100), from, Duration.ZERO, Duration.ZERO, true, null);
  }

  private static Ledger late(int lag, int age) {
    return new Ledger(at(100), 0, Duration.ofSeconds(lag), Duration.ofSeconds(age), true, null);
  }

  private static Ledger stopped() {
    return new Ledger(at(100), 0, Duration.ZERO, Duration.ZERO, false, null);
  }

  private static Ledger failed() {
    return new Ledger(at(100), 0, Duration.ZERO, Duration.ZERO, true, "LEDGER: a gap");
  }

  /** Of a loaded table of which nothing is known. */
  private static final class Basis {
    private final List<Scanned> scans = new ArrayList<>();
    private boolean loaded = true;
    private long differences;
    private long differenceScan;
    private long findings;
    private long newest;
    private @Nullable String closedBy;

    Basis notLoaded() {
      loaded = false;
      return this;
    }

    /** An older one than those before. */
    Basis scan(Scanned scan) {
      scans.add(scan);
      return this;
    }

    Basis differs(long count, long lastSeen) {
      differences = count;
      differenceScan = lastSeen;
      return this;
    }

    Basis found(long count, long id) {
      findings = count;
      newest = id;
      return this;
    }

    Basis closed(String by) {
      closedBy = by;
      return this;
    }

    TableBasis made() {
      return new TableBasis(
          ORDERS, loaded, scans, differences, differenceScan, findings, newest, closedBy);
    }
  }
}
