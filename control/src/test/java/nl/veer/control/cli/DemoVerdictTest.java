package nl.veer.control.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import nl.veer.control.demo.DemoReport;
import nl.veer.control.demo.DemoReport.Certificate;
import nl.veer.control.demo.DemoReport.Ledger;
import nl.veer.control.demo.DemoReport.Move;
import nl.veer.control.demo.DemoReport.Reverse;
import nl.veer.control.demo.DemoReport.Scan;
import nl.veer.control.demo.DemoReport.Verdict;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** What a demo's exit code rests on. */
class DemoVerdictTest {
  private static final Ledger BALANCED = new Ledger(10, 100, 0);
  private static final Certificate SIGNED = new Certificate("d.html", "d.json", "EQUAL", true);

  @Test
  void aStoryThatWentToItsEndIsWell() {
    DemoReport report = report(Verdict.EQUAL, Verdict.EQUAL);

    assertThat(DemoCommand.exitCode(report)).isEqualTo(ExitCode.OK);
    assertThat(summary(report)).doesNotContain("defect");
  }

  @ParameterizedTest
  @CsvSource({"EQUAL, DIFFERENT", "DIFFERENT, EQUAL", "UNKNOWN, EQUAL"})
  void aVerifierThatDisagreesWithTheOracleIsAFailure(Verdict verdict, Verdict oracle) {
    DemoReport report = report(verdict, oracle);

    assertThat(DemoCommand.exitCode(report)).isEqualTo(ExitCode.FAILED);
    assertThat(summary(report)).contains("The two must agree: this is a defect");
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "EQUAL")
  void agreeingOnAnythingButEqualIsAFailure(Verdict both) {
    assertThat(DemoCommand.exitCode(report(both, both))).isEqualTo(ExitCode.FAILED);
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "EQUAL")
  void aScanThatDidNotSayEqualIsAFailure(Verdict scan) {
    assertThat(exitCode(scan, Verdict.EQUAL, BALANCED, SIGNED)).isEqualTo(ExitCode.FAILED);
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "EQUAL")
  void aWayBackThatIsNotEqualIsAFailure(Verdict reverse) {
    assertThat(exitCode(Verdict.EQUAL, reverse, BALANCED, SIGNED)).isEqualTo(ExitCode.FAILED);
  }

  @Test
  void anIncidentOfTheLedgerIsAFailure() {
    assertThat(exitCode(Verdict.EQUAL, Verdict.EQUAL, new Ledger(10, 100, 1), SIGNED))
        .isEqualTo(ExitCode.FAILED);
  }

  @Test
  void aCertificateThatIsMissingInvalidOrSaysSomethingElseIsAFailure() {
    assertThat(exitCode(Verdict.EQUAL, Verdict.EQUAL, BALANCED, null)).isEqualTo(ExitCode.FAILED);
    assertThat(
            exitCode(
                Verdict.EQUAL,
                Verdict.EQUAL,
                BALANCED,
                new Certificate("d.html", "d.json", "EQUAL", false)))
        .isEqualTo(ExitCode.FAILED);
    assertThat(
            exitCode(
                Verdict.EQUAL,
                Verdict.EQUAL,
                BALANCED,
                new Certificate("d.html", "d.json", "UNKNOWN", true)))
        .isEqualTo(ExitCode.FAILED);
  }

  private static int exitCode(
      Verdict scan, Verdict reverse, Ledger ledger, @Nullable Certificate certificate) {
    return DemoCommand.exitCode(
        report(Verdict.EQUAL, Verdict.EQUAL, scan, reverse, ledger, certificate));
  }

  private static DemoReport report(Verdict verdict, Verdict oracle) {
    return report(verdict, oracle, Verdict.EQUAL, Verdict.EQUAL, BALANCED, SIGNED);
  }

  private static DemoReport report(
      Verdict verdict,
      Verdict oracle,
      Verdict scan,
      Verdict reverse,
      Ledger ledger,
      @Nullable Certificate certificate) {
    return new DemoReport(
        12,
        1_000,
        100,
        500,
        1_000,
        new DemoReport.LagMillis(1, 2, 3),
        ledger,
        new Scan(scan, 1_000, 1.5),
        new Move("REHEARSED", 100L, Map.of()),
        new Move("OPENED", 200L, Map.of()),
        new Reverse(reverse, 50),
        verdict,
        "0/1",
        oracle,
        List.of(),
        certificate);
  }

  private static String summary(DemoReport report) {
    return String.join("\n", DemoSummary.lines(report));
  }
}
