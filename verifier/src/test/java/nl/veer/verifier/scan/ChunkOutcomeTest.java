package nl.veer.verifier.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import nl.veer.connectors.event.Position;
import nl.veer.verifier.verdict.Cuts;
import nl.veer.verifier.verdict.RowSum;
import nl.veer.verifier.verdict.SourceCut;
import nl.veer.verifier.verdict.TargetCut;
import org.junit.jupiter.api.Test;

class ChunkOutcomeTest {
  private static final RowSum SUM = new RowSum(1, BigInteger.ONE);

  /** Several workers end in any order; the slowest may have looked first. */
  @Test
  void chunksBeginWithTheEarliestLookAndEndWithTheLatestWhicheverWasDoneFirst() {
    ChunkOutcome early = ChunkOutcome.equal(SUM, cuts("0/5", "0/2"));
    ChunkOutcome late = ChunkOutcome.equal(SUM, cuts("0/4", "0/3"));

    for (ChunkOutcome both : new ChunkOutcome[] {early.plus(late), late.plus(early)}) {
      assertThat(both.first().source().position()).isEqualTo(Position.parse("0/4"));
      assertThat(both.first().target().position()).isEqualTo(Position.parse("0/2"));
      assertThat(both.last().source().position()).isEqualTo(Position.parse("0/5"));
      assertThat(both.last().target().position()).isEqualTo(Position.parse("0/3"));
      assertThat(both.onePosition()).isFalse();
    }
  }

  private static Cuts cuts(String source, String target) {
    return new Cuts(
        new SourceCut(source, Position.parse(source)),
        new TargetCut(target, Position.parse(target), null));
  }
}
