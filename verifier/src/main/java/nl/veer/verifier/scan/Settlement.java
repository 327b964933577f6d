package nl.veer.verifier.scan;

import java.time.Duration;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.verifier.scan.postgres.ScanTable;
import nl.veer.verifier.verdict.Cuts;
import nl.veer.verifier.verdict.RowKey;
import nl.veer.verifier.verdict.RowSum;
import nl.veer.verifier.verdict.UnknownReason;
import org.jspecify.annotations.Nullable;

/**
 * Tells the rows that prove something from those that do not: a row that is being changed may look
 * different on both sides only because they were not looked at in the same moment. Used by several
 * threads at once.
 */
public interface Settlement {

  /**
   * A row as both sides had it at one look; what is not there is {@link RowSum#NONE}.
   *
   * @param source of a table without a key: how many such rows, and their sum
   */
  record Pair(RowSum source, RowSum target) {
    public boolean isEqual() {
      return source.equals(target);
    }
  }

  /** Which rows were settled at one look. */
  interface Look {
    /**
     * @param before as it was at the look before; null at the first
     */
    boolean isSettled(RowKey key, @Nullable Pair before, Pair now);
  }

  /**
   * Judges a look at these cuts.
   *
   * @param stop whoever waits for a log is told to leave by this
   * @throws nl.veer.connectors.failure.Failure if it cannot be judged
   * @throws Unjudged if one side is not far enough
   */
  Look look(ScanTable table, Cuts cuts, StopSignal stop) throws Unjudged;

  /** Whether nobody writes to either side: one state of each serves for all questions then. */
  default boolean standsStill() {
    return false;
  }

  /** How long to wait between two looks. */
  Duration pause();

  /** There is no answer now. */
  final class Unjudged extends Exception {
    private static final long serialVersionUID = 1L;

    private final UnknownReason reason;

    public Unjudged(UnknownReason reason, String words) {
      super(words);
      this.reason = reason;
    }

    public UnknownReason reason() {
      return reason;
    }
  }
}
