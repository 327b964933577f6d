package nl.veer.verifier.scan;

import java.time.Instant;
import java.util.List;
import nl.veer.verifier.verdict.Cuts;
import nl.veer.verifier.verdict.Difference;
import nl.veer.verifier.verdict.RangeLook;
import nl.veer.verifier.verdict.RowSum;
import nl.veer.verifier.verdict.TableStatement;

/**
 * What came of a chunk; chunks add up.
 *
 * @param first before all looks, at each side
 * @param last behind all looks, at each side
 * @param onePosition whether all looks saw the same state
 */
public record ChunkOutcome(
    RowSum source,
    RowSum target,
    long chunks,
    long differing,
    List<Difference> differences,
    long settledLater,
    long unsettled,
    long unexamined,
    Cuts first,
    Cuts last,
    boolean onePosition) {
  static final int MAX_DIFFERENCES = TableStatement.MAX_DIFFERENCES;

  public ChunkOutcome {
    differences =
        List.copyOf(differences.subList(0, Math.min(MAX_DIFFERENCES, differences.size())));
  }

  static ChunkOutcome equal(RowSum sum, Cuts cuts) {
    return new ChunkOutcome(sum, sum, 1, 0, List.of(), 0, 0, 0, cuts, cuts, true);
  }

  /**
   * What was seen of the chunk, without what it holds.
   *
   * @param at before it was looked at
   */
  RangeLook look(Instant at) {
    return new RangeLook(
        1, Math.max(source.rows(), target.rows()), differing, unsettled + unexamined, at);
  }

  /** This one and another one, whichever was done first. */
  ChunkOutcome plus(ChunkOutcome next) {
    List<Difference> both = new java.util.ArrayList<>(differences);
    both.addAll(next.differences);
    return new ChunkOutcome(
        source.plus(next.source),
        target.plus(next.target),
        chunks + next.chunks,
        differing + next.differing,
        both,
        settledLater + next.settledLater,
        unsettled + next.unsettled,
        unexamined + next.unexamined,
        first.earliest(next.first),
        last.latest(next.last),
        onePosition && next.onePosition && first.sameAs(next.first));
  }
}
