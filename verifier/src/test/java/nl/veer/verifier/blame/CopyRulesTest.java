package nl.veer.verifier.blame;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import nl.veer.connectors.event.Position;
import org.junit.jupiter.api.Test;

/** Who is said to have made the number of equal rows differ, in a table without a key. */
class CopyRulesTest {
  private static final CopyTrace NONE = CopyTrace.NONE;

  @Test
  void whoWritesToTheTargetBesideVeerIsNamed() {
    assertThat(blame(-1, NONE, NONE.plus(1, touch(Writer.NEITHER))))
        .isEqualTo(Culprit.FOREIGN_WRITER);
    CopyTrace undone = NONE.plus(1, touch(Writer.NEITHER)).plus(-1, touch(Writer.NEITHER));
    assertThat(blame(-1, NONE, undone)).as("undone by himself").isEqualTo(Culprit.UNKNOWN);
  }

  @Test
  void whatTheReplicatorDidNotDoAsTheLogSaysIsTheApplyingsFault() {
    CopyTrace two = NONE.plus(2, touch(Writer.NEITHER));
    assertThat(blame(1, two, NONE.plus(1, touch(Writer.STAMPED)))).isEqualTo(Culprit.APPLY);
    assertThat(
            CopyRules.of(9, 8, two, NONE.plus(1, touch(Writer.STAMPED)), List.of("trigger t"))
                .culprit())
        .isEqualTo(Culprit.TARGET);
  }

  @Test
  void withoutAnEventItIsTheLoadsAndWithBalancedOnesItIsNotKnown() {
    assertThat(blame(1, NONE, NONE)).isEqualTo(Culprit.LOAD);
    assertThat(blame(1, NONE.plus(1, touch(Writer.NEITHER)), NONE.plus(1, touch(Writer.STAMPED))))
        .isEqualTo(Culprit.UNKNOWN);
    assertThat(blame(0, NONE, NONE)).isEqualTo(Culprit.UNKNOWN);
  }

  @Test
  void aLogThatLeavesMoreThanTheSourceHoldsIsTheCapturesFault() {
    CopyTrace two = NONE.plus(2, touch(Writer.NEITHER));
    CopyTrace both = NONE.plus(2, touch(Writer.STAMPED));
    assertThat(blame(1, 2, two, both)).isEqualTo(Culprit.CAPTURE);
    assertThat(blame(2, 3, two, both)).as("perhaps one was loaded").isEqualTo(Culprit.UNKNOWN);
  }

  @Test
  void sinceATableWasEmptiedAllThatIsThereIsKnown() {
    CopyTrace log = NONE.plus(7, touch(Writer.NEITHER)).emptied(1, touch(Writer.NEITHER));
    CopyTrace echo = NONE.plus(7, touch(Writer.STAMPED)).emptied(1, touch(Writer.STAMPED));
    assertThat(blame(2, 1, log, echo)).isEqualTo(Culprit.CAPTURE);
    assertThat(blame(1, 0, log, echo)).isEqualTo(Culprit.TARGET);
    CopyTrace deleted = NONE.plus(8, touch(Writer.STAMPED)).plus(-7, touch(Writer.STAMPED));
    assertThat(blame(1, 2, log, deleted)).as("not comparable").isEqualTo(Culprit.UNKNOWN);
  }

  @Test
  void whoEmptiesTheTargetBesideVeerIsNamed() {
    CopyTrace log = NONE.plus(1, touch(Writer.NEITHER));
    CopyTrace echo = NONE.plus(1, touch(Writer.STAMPED)).emptied(0, touch(Writer.NEITHER));
    assertThat(blame(1, 0, log, echo)).isEqualTo(Culprit.FOREIGN_WRITER);
  }

  private static Culprit blame(long missing, CopyTrace log, CopyTrace echo) {
    return blame(9, 9 - missing, log, echo);
  }

  private static Culprit blame(long source, long target, CopyTrace log, CopyTrace echo) {
    return CopyRules.of(source, target, log, echo, List.of()).culprit();
  }

  private static Touch touch(Writer writer) {
    return new Touch(1, "7", Position.parse("0/1"), Instant.EPOCH, writer, 0, false);
  }
}
