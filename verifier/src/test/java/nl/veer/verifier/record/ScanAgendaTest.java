package nl.veer.verifier.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import nl.veer.connectors.event.LsnPosition;
import nl.veer.connectors.event.TableId;
import nl.veer.verifier.verdict.Balance;
import nl.veer.verifier.verdict.Scanned;
import nl.veer.verifier.verdict.TableBasis;
import nl.veer.verifier.verdict.UnknownReason;
import nl.veer.verifier.verdict.Verdict;
import org.junit.jupiter.api.Test;

class ScanAgendaTest {
  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
  private static final Duration EVERY = Duration.ofMinutes(15);

  @Test
  void whatWasNeverScannedComesFirstThenWhatWaitsLongest() {
    TableBasis old = table("old", scan(Verdict.equal(), 60));
    TableBasis older = table("older", scan(Verdict.equal(), 90));

    assertThat(next(old, older, table("fresh"))).contains(id("fresh"));
    assertThat(next(old, older)).contains(id("older"));
  }

  @Test
  void aScanOfAnOlderLoadIsNone() {
    Scanned before = new Scanned(1, Verdict.equal(), 0, false, null, null, 9L, List.of(), NOW, NOW);

    assertThat(next(table("old", scan(Verdict.equal(), 60)), table("again", before)))
        .contains(id("again"));
  }

  @Test
  void whatIsNotLoadedWaits() {
    TableBasis loading = new TableBasis(id("t"), false, List.of(), 0, 0, 0, 0, null);

    assertThat(next(loading)).isEmpty();
  }

  @Test
  void isDueSoLongAfterItsLastScan() {
    assertThat(next(table("t", scan(Verdict.equal(), 14)))).isEmpty();
    assertThat(next(table("t", scan(Verdict.equal(), 15)))).contains(id("t"));
  }

  @Test
  void whatGaveNoAnswerIsDueSooner() {
    Verdict unsettled = Verdict.unknown(UnknownReason.UNSETTLED, "");

    assertThat(next(table("t", scan(unsettled, 0)))).isEmpty();
    assertThat(next(table("t", scan(unsettled, 1)))).contains(id("t"));
  }

  @Test
  void whatIsMendedIsDueAtOnce() {
    Scanned different = scan(new Verdict.Different(1), 0);
    TableBasis open = new TableBasis(id("t"), true, List.of(different), 1, 1, 0, 0, null);

    assertThat(next(table("t", different))).contains(id("t"));
    assertThat(next(open)).isEmpty();
  }

  @Test
  void whatWasSeenBeforeTheLedgerBeganIsDueSooner() {
    TableBasis table = table("t", scan(Verdict.equal(), 1));

    assertThat(next(ledgerFrom(9), table)).contains(id("t"));
    assertThat(next(ledgerFrom(8), table)).isEmpty();
    assertThat(next(ledgerFrom(9), table("t", scan(Verdict.equal(), 0)))).isEmpty();
  }

  private static Optional<TableId> next(TableBasis... tables) {
    return next(new Balance.Off(), tables);
  }

  private static Optional<TableId> next(Balance balance, TableBasis... tables) {
    return ScanAgenda.next(List.of(tables), balance, NOW, EVERY);
  }

  private static Balance ledgerFrom(long from) {
    return new Balance.Ledger(new LsnPosition(50), from, Duration.ZERO, Duration.ZERO, true, null);
  }

  private static TableBasis table(String name, Scanned... scans) {
    return new TableBasis(id(name), true, List.of(scans), 0, 0, 0, 0, null);
  }

  private static Scanned scan(Verdict verdict, int minutesAgo) {
    return new Scanned(
        1,
        verdict,
        0,
        true,
        new LsnPosition(1),
        new LsnPosition(2),
        9L,
        List.of(),
        Instant.EPOCH,
        NOW.minus(Duration.ofMinutes(minutesAgo)));
  }

  private static TableId id(String name) {
    return new TableId("s", name);
  }
}
