package nl.veer.control.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import nl.veer.control.crossing.CrossingWorld;
import nl.veer.control.crossing.LiveShop;
import nl.veer.control.mending.WaveDifferences;
import nl.veer.verifier.record.FindingRecord;
import nl.veer.verifier.verdict.Difference;
import nl.veer.verifier.verdict.ScanStatement;
import nl.veer.verifier.verdict.TableStatement;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The verifier is tested by mutation: whatever goes wrong below it, while a shop writes, is found
 * by the half that must find it, in one pass of the ledger or one scan; and nothing else is found.
 */
class MutationIT {
  @TempDir private Path data;

  @Test
  void everyMutationIsFoundByTheHalfThatMustFindIt() throws Exception {
    try (CrossingWorld world = CrossingWorld.with(Injection.TABLES);
        LiveShop shop = LiveShop.openCalm(world, 300, 40)) {
      world.onSource(Injection.ROWS);
      Injection injection = new Injection(world);
      try (MutatedWorld mutated = MutatedWorld.begin(world, data, Injection.bends())) {
        injection.prepare();
        mutated.awaitBalanced();
        assertNothingIsFound(mutated);

        Instant begun = Instant.now();
        injection.below();
        injection.beside();
        mutated.awaitBalanced();
        shop.stop();
        mutated.whileTheCaptureIsAway(injection::above);
        mutated.awaitBalanced();

        Detections detections = new Detections(mutated.findings(), mutated.scanOnRecord(), begun);
        System.out.println("MEASURED mutations\n" + detections.table(Mutations.ALL));
        assertFound(detections);
        assertCulprits(mutated.blamed());
      }
    }
  }

  /** Without a mutation, while the shop writes. */
  private static void assertNothingIsFound(MutatedWorld mutated) throws SQLException {
    ScanStatement scan = mutated.scan();
    assertThat(mutated.findings()).isEmpty();
    assertThat(scan.tables()).allSatisfy(table -> assertThat(table.differing()).isZero());
    assertThat(scan.tables().stream().mapToLong(TableStatement::chunks).min().orElse(0))
        .as("every table was looked at")
        .isPositive();
  }

  private static void assertFound(Detections detections) {
    SoftAssertions all = new SoftAssertions();
    for (Mutation mutation : Mutations.ALL) {
      List<FindingRecord> findings = detections.byLedger(mutation);
      all.assertThat(findings.stream().map(FindingRecord::code).collect(Collectors.toSet()))
          .as("the ledger of " + mutation.name())
          .isEqualTo(mutation.codes());
      if (mutation.half().isLedgers() && !mutation.ids().isEmpty()) {
        all.assertThat(findings).as(mutation.name()).hasSize(mutation.ids().size());
      }
      List<Difference> differences = detections.byScan(mutation);
      all.assertThat(differences)
          .as("the scan of " + mutation.name())
          .isNotEmpty()
          .allSatisfy(
              each -> {
                assertThat(each.kind()).isEqualTo(mutation.kind());
                assertThat(each.columns()).isEqualTo(mutation.columns());
              });
      if (!mutation.ids().isEmpty()) {
        all.assertThat(differences).as(mutation.name()).hasSize(mutation.ids().size());
      }
    }
    all.assertThat(detections.alarms(Mutations.ALL)).as("false findings").isEmpty();
    all.assertThat(detections.falseDifferences(Mutations.ALL)).as("false differences").isEmpty();
    all.assertAll();
  }

  /** Who has done it, as {@code veer diff} says and keeps. */
  private static void assertCulprits(WaveDifferences blamed) {
    SoftAssertions all = new SoftAssertions();
    for (Mutation mutation : Mutations.ALL) {
      String who = "who did it: " + mutation.name();
      String culprit = mutation.culprit().name();
      all.assertThat(blamed.differences())
          .filteredOn(each -> mutation.isAbout(each.table().toString(), each.key().texts()))
          .as(who)
          .isNotEmpty()
          .allSatisfy(each -> assertThat(each.culprit()).as(each.blame()).isEqualTo(culprit));
      all.assertThat(blamed.findings())
          .filteredOn(each -> mutation.isAbout(each.table(), each.keyText()))
          .as(who)
          .allSatisfy(each -> assertThat(each.culprit()).as(each.blame()).isEqualTo(culprit));
    }
    all.assertAll();
  }
}
