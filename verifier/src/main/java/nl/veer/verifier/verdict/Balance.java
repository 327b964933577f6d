package nl.veer.verifier.verdict;

import java.time.Duration;
import nl.veer.connectors.event.Position;
import org.jspecify.annotations.Nullable;

/** How far the ledger's word reaches, as a verdict needs it. */
public sealed interface Balance {

  /** Nobody asked for a ledger: a scan's statement holds where it was made, and no further. */
  record Off() implements Balance {}

  /**
   * There is one, or there should be.
   *
   * @param upTo the source's position up to which log and echo were weighed; null if nothing was
   * @param from number of the log's transaction behind which it began to weigh
   * @param lag since the source committed what was weighed last, by the target's clock; null if it
   *     is not known
   * @param age since the ledger said so, by the target's clock; null if it never did
   * @param running whether a process keeps it
   * @param failure why it does not go on; null while it does
   */
  record Ledger(
      @Nullable Position upTo,
      long from,
      @Nullable Duration lag,
      @Nullable Duration age,
      boolean running,
      @Nullable String failure)
      implements Balance {

    /** None was ever begun. */
    public static final Ledger NONE = new Ledger(null, 0, null, null, false, null);

    /**
     * Whether everything that happened since this scan's first look was weighed. It looked at a
     * target that held more than what was there when the ledger began, so that nothing happened
     * between the two.
     */
    boolean covers(Scanned scan) {
      Position reached = upTo;
      Position last = scan.last();
      Long begun = scan.firstTransaction();
      return reached != null
          && last != null
          && begun != null
          && begun > from
          && !last.isAfter(reached);
    }
  }
}
