package nl.veer.verifier.blame;

import static nl.veer.verifier.blame.Culprit.APPLY;
import static nl.veer.verifier.blame.Culprit.CAPTURE;
import static nl.veer.verifier.blame.Culprit.FOREIGN_WRITER;
import static nl.veer.verifier.blame.Culprit.LOAD;
import static nl.veer.verifier.blame.Culprit.TARGET;
import static nl.veer.verifier.blame.Culprit.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import nl.veer.connectors.event.Position;
import nl.veer.verifier.blame.Trace.Cell;
import nl.veer.verifier.digest.Digest128;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** One row of the table of culprits after the other; rows are columns a and b. */
class BlameRulesTest {
  private static final Touch LOGGED = touch(50, Writer.NEITHER, 0, false);
  private static final Touch IN_LOAD = touch(50, Writer.NEITHER, 0, true);
  private static final Touch STAMPED = touch(7, Writer.STAMPED, 50, false);
  private static final Touch FOREIGN = touch(8, Writer.NEITHER, 60, false);

  @Test
  void aSourceThatIsNotWhatTheLogSaysIsTheCapturesFault() {
    assertThat(blame(row(1, 1), row(2, 1), trace(LOGGED, 2, 1), trace(STAMPED, 2, 1)))
        .isEqualTo(CAPTURE);
    assertThat(blame(row(1, 1), gone(), ended(LOGGED), ended(STAMPED))).isEqualTo(CAPTURE);
    assertThat(blame(gone(), row(1, 1), trace(LOGGED, 1, 1), trace(STAMPED, 1, 1)))
        .isEqualTo(CAPTURE);
  }

  @Test
  void anEchoThatIsNotWhatTheLogSaysIsTheApplyingsFault() {
    assertThat(blame(row(1, 1), row(2, 1), trace(LOGGED, 1, 1), trace(STAMPED, 2, 1)))
        .isEqualTo(APPLY);
    assertThat(blame(gone(), row(2, 1), ended(LOGGED), trace(STAMPED, 2, 1))).isEqualTo(APPLY);
    assertThat(blame(row(1, 1), row(2, 1), null, trace(STAMPED, 2, 1)))
        .as("the log has no such change")
        .isEqualTo(APPLY);
  }

  @Test
  void aChangeThatTheTargetSaysItHoldsAndItsLogLacksIsLostByTheApplying() {
    assertThat(blame(row(1, 1), row(2, 1), trace(LOGGED, 1, 1), null)).isEqualTo(APPLY);
    Touch older = touch(3, Writer.STAMPED, 49, false);
    assertThat(blame(row(1, 1), row(2, 1), trace(LOGGED, 1, 1), trace(older, 2, 1)))
        .isEqualTo(APPLY);
    Touch foreignBefore = touch(3, Writer.NEITHER, 49, false);
    assertThat(blame(row(1, 1), row(2, 1), trace(LOGGED, 1, 1), trace(foreignBefore, 2, 1)))
        .as("the log's change would have covered it")
        .isEqualTo(APPLY);
  }

  @Test
  void aTriggerThatFiresForTheReplicatorMakesItTheTarget() {
    Blame blame =
        BlameRules.of(
            new Evidence(
                row(1, 1),
                row(2, 1),
                trace(LOGGED, 1, 1),
                trace(STAMPED, 2, 1),
                0,
                List.of("trigger bend")));
    assertThat(blame.culprit()).isEqualTo(TARGET);
    assertThat(blame.words()).contains("trigger bend");
  }

  @Test
  void whoWritesToTheTargetBesideVeerIsNamed() {
    assertThat(blame(row(1, 1), row(2, 1), trace(LOGGED, 1, 1), trace(FOREIGN, 2, 1)))
        .isEqualTo(FOREIGN_WRITER);
    assertThat(blame(row(1, 1), row(2, 1), null, trace(FOREIGN, 2, 1))).isEqualTo(FOREIGN_WRITER);
    assertThat(blame(row(1, 1), gone(), trace(LOGGED, 1, 1), ended(FOREIGN)))
        .isEqualTo(FOREIGN_WRITER);
    assertThat(blame(gone(), row(2, 1), null, trace(FOREIGN, 2, 1))).isEqualTo(FOREIGN_WRITER);
  }

  /** TOAST: the replicator's later update leaves out what the log does not carry. */
  @Test
  void theWriterOfTheDifferingColumnCountsNotTheLastOne() {
    Trace echo =
        new Trace(
            false,
            true,
            Map.of("a", new Cell(value(1), STAMPED), "b", new Cell(value(2), FOREIGN)),
            touch(9, Writer.STAMPED, 70, false));
    assertThat(blame(row(1, 1), row(1, 2), only("a", 1, LOGGED), echo)).isEqualTo(FOREIGN_WRITER);
  }

  @Test
  void whatWasRightInTheEchoIsTheTargetsOwnChange() {
    assertThat(blame(row(1, 1), row(2, 1), trace(LOGGED, 1, 1), trace(STAMPED, 1, 1)))
        .isEqualTo(TARGET);
    assertThat(blame(row(1, 1), gone(), trace(LOGGED, 1, 1), trace(STAMPED, 1, 1)))
        .isEqualTo(TARGET);
    assertThat(blame(gone(), row(1, 1), ended(LOGGED), ended(STAMPED))).isEqualTo(TARGET);
    Trace inAndOut = new Trace(true, false, Map.of(), LOGGED);
    assertThat(blame(gone(), row(1, 1), inAndOut, null))
        .as("inserted and deleted in one batch, of which the target sees nothing")
        .isEqualTo(TARGET);
  }

  @Test
  void withoutAnEventSinceTheLoadItIsTheLoads() {
    assertThat(blame(row(1, 1), row(2, 1), null, null)).isEqualTo(LOAD);
    assertThat(blame(row(1, 1), row(2, 1), trace(IN_LOAD, 1, 1), null)).isEqualTo(LOAD);
    assertThat(blame(row(1, 1), row(1, 2), only("a", 1, LOGGED), only("a", 1, STAMPED)))
        .as("no event has carried the column that differs")
        .isEqualTo(LOAD);
    Touch load = touch(2, Writer.LOAD, 0, false);
    assertThat(blame(row(1, 1), row(2, 1), null, trace(load, 2, 1))).isEqualTo(LOAD);
  }

  @Test
  void aRepairWroteWhatTheSourceHadThen() {
    Touch repair = touch(9, Writer.REPAIR, 60, false);
    assertThat(blame(row(1, 1), row(2, 1), null, trace(repair, 2, 1))).isEqualTo(CAPTURE);
    assertThat(blame(row(1, 1), row(2, 1), trace(LOGGED, 1, 1), trace(repair, 2, 1)))
        .isEqualTo(UNKNOWN);
    assertThat(blame(row(1, 1), row(2, 1), null, trace(repair, 1, 1))).isEqualTo(TARGET);
  }

  @Test
  void whatCannotBeToldIsNotSaid() {
    assertThat(blame(row(1, 1), row(1, 1), null, trace(FOREIGN, 1, 1))).isEqualTo(UNKNOWN);
    Blame before =
        BlameRules.of(new Evidence(row(1, 1), row(2, 1), trace(LOGGED, 1, 1), null, 50, List.of()));
    assertThat(before.culprit()).as("the echo began later").isEqualTo(UNKNOWN);
  }

  /** For any evidence: CAPTURE exactly if S is not L; never a culprit for rows that are equal. */
  @Test
  void theFirstRulesHoldForAnyEvidence() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      Evidence evidence =
          new Evidence(
              anyRow(random),
              anyRow(random),
              anyTrace(random, Writer.NEITHER),
              anyTrace(random, Writer.values()[random.nextInt(Writer.values().length)]),
              random.nextInt(3) * 30L,
              random.nextBoolean() ? List.of() : List.of("trigger t"));
      Blame blame = BlameRules.of(evidence);
      Trace log = evidence.log();
      boolean same = evidence.source().isSame(evidence.target());
      boolean captured = log != null && !log.fits(evidence.source());
      assertThat(blame.words()).isNotBlank();
      if (same) {
        assertThat(blame.culprit()).as("seed %d, %s", seed, evidence).isEqualTo(UNKNOWN);
      } else if (captured) {
        assertThat(blame.culprit()).as("seed %d, %s", seed, evidence).isEqualTo(CAPTURE);
      } else if (evidence.log() == null && evidence.echo() == null) {
        assertThat(blame.culprit()).as("seed %d, %s", seed, evidence).isEqualTo(LOAD);
      } else if (evidence.echo() != null && evidence.echo().last().writer() != Writer.NEITHER) {
        assertThat(blame.culprit()).as("seed %d, %s", seed, evidence).isNotEqualTo(FOREIGN_WRITER);
      }
    }
  }

  private static RowState anyRow(Random random) {
    return random.nextInt(4) == 0 ? gone() : row(random.nextInt(2), random.nextInt(2));
  }

  private static @Nullable Trace anyTrace(Random random, Writer writer) {
    Touch touch = touch(random.nextInt(90), writer, random.nextInt(90), random.nextInt(4) == 0);
    return switch (random.nextInt(4)) {
      case 0 -> null;
      case 1 -> new Trace(random.nextBoolean(), false, Map.of(), touch);
      case 2 -> only(random.nextBoolean() ? "a" : "b", random.nextInt(2), touch);
      default -> trace(touch, random.nextInt(2), random.nextInt(2));
    };
  }

  private static Culprit blame(
      RowState source, RowState target, @Nullable Trace log, @Nullable Trace echo) {
    return BlameRules.of(new Evidence(source, target, log, echo, 0, List.of())).culprit();
  }

  private static Touch touch(long number, Writer writer, long applied, boolean loaded) {
    return new Touch(
        number,
        "7" + number,
        Position.parse("0/" + number),
        Instant.EPOCH,
        writer,
        applied,
        loaded);
  }

  private static RowState row(int a, int b) {
    return new RowState(true, Map.of("a", value(a), "b", value(b)));
  }

  private static RowState gone() {
    return RowState.ABSENT;
  }

  private static Trace trace(Touch touch, int a, int b) {
    Map<String, Cell> columns = new HashMap<>();
    columns.put("a", new Cell(value(a), touch));
    columns.put("b", new Cell(value(b), touch));
    return new Trace(false, true, columns, touch);
  }

  private static Trace only(String column, int value, Touch touch) {
    return new Trace(false, true, Map.of(column, new Cell(value(value), touch)), touch);
  }

  private static Trace ended(Touch touch) {
    return new Trace(false, false, Map.of(), touch);
  }

  private static Digest128 value(int value) {
    return new Digest128(0, value);
  }
}
