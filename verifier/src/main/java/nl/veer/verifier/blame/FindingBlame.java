package nl.veer.verifier.blame;

import java.util.List;
import nl.veer.verifier.record.FindingRecord;

/**
 * Tells who has made what the ledger found. That was seen as it happened, so that the finding
 * itself says it, whatever became of the row since. Pure.
 */
final class FindingBlame {
  private FindingBlame() {}

  /**
   * @param triggers names of the table's triggers and rules that also fire for the replicator
   */
  static Blame of(FindingRecord finding, List<String> triggers) {
    String where =
        "the target's transaction %s at %s, committed %s"
            .formatted(
                finding.echoTransaction(), finding.echoPosition(), finding.echoCommittedAt());
    return switch (finding.code()) {
      case "FOREIGN_WRITER" ->
          new Blame(Culprit.FOREIGN_WRITER, "None of Veer's transactions wrote it: " + where + ".");
      case "LEDGER_LOST", "LEDGER_EXTRA", "LEDGER_VALUE" ->
          triggers.isEmpty()
              ? new Blame(
                  Culprit.APPLY,
                  "The replicator's own transaction is not what the log says: " + where + ".")
              : new Blame(
                  Culprit.TARGET,
                  "The replicator's own transaction is not what the log says (%s), and these of the"
                          .formatted(where)
                      + " table fire for the replicator too: "
                      + String.join(", ", triggers)
                      + ".");
      default -> Blame.unknown("It speaks of the stamp or the numbering, not of a row.");
    };
  }
}
