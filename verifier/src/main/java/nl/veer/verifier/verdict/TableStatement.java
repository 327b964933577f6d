package nl.veer.verifier.verdict;

import java.time.Duration;
import java.util.List;
import nl.veer.connectors.event.TableId;
import org.jspecify.annotations.Nullable;

/**
 * What a scan says of a table.
 *
 * @param source rows and sum of the source, of the last whole look at each chunk
 * @param target the same of the target; where both differ and the verdict is EQUAL, the rows in
 *     between are counted in {@code settledLater}
 * @param chunks how many parts were compared
 * @param differing rows proven to differ
 * @param differences some of them; bounded
 * @param settledLater rows that differed at first, for they were changing, and were equal later
 * @param unsettled rows that went on changing; of these nothing is known
 * @param unexamined rows that differed at one look and were not looked at again, because more than
 *     enough others were proven to differ
 * @param first where the first chunk was read; null if none was
 * @param last where the last chunk was read
 * @param complete whether every part of it was compared to the end
 * @param onePosition whether all looks saw both sides in one and the same state; otherwise each
 *     chunk is compared at its own
 * @param ranges the parts that were looked at, from the first key on, as far as none is left out
 */
public record TableStatement(
    TableId table,
    Verdict verdict,
    RowSum source,
    RowSum target,
    long chunks,
    long differing,
    List<Difference> differences,
    long settledLater,
    long unsettled,
    long unexamined,
    List<Exclusion> exclusions,
    @Nullable Cuts first,
    @Nullable Cuts last,
    boolean complete,
    boolean onePosition,
    Duration duration,
    RangeLooks ranges) {
  /** More is not worth anybody's reading; the rest is counted. */
  public static final int MAX_DIFFERENCES = 1_000;

  public TableStatement {
    differences = List.copyOf(differences);
    exclusions = List.copyOf(exclusions);
  }

  /**
   * Whether each of its rows was proven to be equal, or is among the differences: then no other
   * difference is left.
   */
  public boolean isExhaustive() {
    return complete && unsettled == 0 && unexamined == 0 && differences.size() < MAX_DIFFERENCES;
  }

  /** The same look, of which another thing is to be said by now. */
  public TableStatement saying(Verdict other, long rows) {
    return new TableStatement(
        table,
        other,
        source,
        target,
        chunks,
        rows,
        differences,
        settledLater,
        unsettled,
        unexamined,
        exclusions,
        first,
        last,
        complete,
        onePosition,
        duration,
        ranges);
  }

  /** Of a table of which nothing is known. */
  public static TableStatement unknown(TableId table, UnknownReason reason, String words) {
    return new TableStatement(
        table,
        Verdict.unknown(reason, words),
        RowSum.NONE,
        RowSum.NONE,
        0,
        0,
        List.of(),
        0,
        0,
        0,
        List.of(),
        null,
        null,
        false,
        false,
        Duration.ZERO,
        RangeLooks.NONE);
  }
}
