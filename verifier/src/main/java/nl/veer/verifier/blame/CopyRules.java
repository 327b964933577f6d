package nl.veer.verifier.blame;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells who has made the number of equal rows differ in a table without a key. Pure. How many the
 * load wrote is not known, unless the table was emptied since: so that a wrong load cannot always
 * be told from a change below the target's log, or one that the log lacks, once there were events.
 */
final class CopyRules {
  private CopyRules() {}

  /**
   * @param source how many of the row the source holds
   * @param target how many the target holds
   * @param triggers names of the target table's triggers and rules that also fire for the
   *     replicator
   */
  static Blame of(long source, long target, CopyTrace log, CopyTrace echo, List<String> triggers) {
    if (source == target) {
      return Blame.unknown("Both sides hold as many of the row by now.");
    }
    Touch foreign = foreign(echo);
    if (foreign != null) {
      return new Blame(
          Culprit.FOREIGN_WRITER,
          "The target's %s (its own id %s) changed how many there are, and that is none of Veer's."
              .formatted(foreign.words(), foreign.transaction()));
    }
    if (log.excludes(source)) {
      return new Blame(
          Culprit.CAPTURE,
          "The log leaves %d of them, the source holds %d.".formatted(log.all(), source));
    }
    boolean alike = (log.emptied() == null) == (echo.emptied() == null);
    long applied = echo.of(Writer.STAMPED);
    if (alike && log.all() != applied) {
      return new Blame(
          triggers.isEmpty() ? Culprit.APPLY : Culprit.TARGET,
          "The log adds %d of them, the replicator's own transactions %d."
                  .formatted(log.all(), applied)
              + (triggers.isEmpty()
                  ? ""
                  : " On that table these fire for the replicator too: "
                      + String.join(", ", triggers)
                      + "."));
    }
    if (echo.excludes(target)) {
      return new Blame(
          Culprit.TARGET,
          "The target's own log leaves %d of them, the target holds %d."
              .formatted(echo.all(), target));
    }
    return log.latest() == null && echo.latest() == null
        ? new Blame(
            Culprit.LOAD,
            "Neither log nor echo has an event of it since the load: the load wrote it so, or one of"
                + " the sides was changed later without an event.")
        : Blame.unknown(
            "Log and echo balance: the load wrote it so, or the target was changed below its log.");
  }

  /** Null if nobody but Veer has changed how many there are. */
  private static @Nullable Touch foreign(CopyTrace echo) {
    Touch emptied = echo.emptied();
    return emptied != null && emptied.writer() == Writer.NEITHER || echo.of(Writer.NEITHER) != 0
        ? echo.last().get(Writer.NEITHER)
        : null;
  }
}
