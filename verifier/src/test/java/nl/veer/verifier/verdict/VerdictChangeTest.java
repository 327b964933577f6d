package nl.veer.verifier.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import nl.veer.verifier.verdict.VerdictChange.Said;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerdictChangeTest {

  @ParameterizedTest
  @CsvSource({
    // before, its reason, what had made it so, now, what decides, what closed last, what changed it
    ", , , UNKNOWN, load, , load",
    "UNKNOWN, NEVER_SCANNED, load, EQUAL, scan 1, , scan 1",
    "UNKNOWN, NEVER_SCANNED, load, UNKNOWN, scan 1, , scan 1",
    "UNKNOWN, BEHIND, scan 1, EQUAL, scan 1, , ledger",
    "UNKNOWN, BEHIND, ledger, EQUAL, scan 1, , ledger",
    "UNKNOWN, BEHIND, repair 3, EQUAL, scan 9, repair 3, scan 9",
    "UNKNOWN, UNSETTLED, scan 1, EQUAL, scan 2, , scan 2",
    "EQUAL, , scan 1, DIFFERENT, finding 4, , finding 4",
    "DIFFERENT, , finding 4, EQUAL, scan 1, repair 3, repair 3",
    "DIFFERENT, , scan 4, EQUAL, scan 5, scan 5, scan 5",
    "DIFFERENT, , scan 4, UNKNOWN, scan 4, repair 3, repair 3",
    "DIFFERENT, , scan 4, DIFFERENT, finding 6, scan 3, finding 6"
  })
  void namesWhatChangedIt(
      @Nullable String before,
      @Nullable String reason,
      @Nullable String changedBy,
      String now,
      String because,
      @Nullable String closedBy,
      String by) {
    Said said = before == null || changedBy == null ? null : new Said(before, reason, changedBy);

    assertThat(VerdictChange.by(said, verdict(now), because, closedBy)).isEqualTo(by);
  }

  private static Verdict verdict(String word) {
    return switch (word) {
      case "EQUAL" -> Verdict.equal();
      case "DIFFERENT" -> new Verdict.Different(1);
      default -> Verdict.unknown(UnknownReason.BEHIND, "");
    };
  }
}
