package nl.veer.verifier.ledger;

import java.util.List;
import java.util.stream.IntStream;
import nl.veer.connectors.event.EventPlace;
import nl.veer.verifier.ledger.Imbalance.Kind;
import nl.veer.verifier.ledger.Imbalance.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * Compares how tables were emptied as a whole. A TRUNCATE of the log is one of the target, or there
 * the deletion of all rows, where a foreign key of another table forbids TRUNCATE. Such deletes are
 * explained: the log ends every row, of which it names none. What cannot be proven by the two logs
 * is that no row was left out, for nobody says which rows there were: that is left to the scan, and
 * so is a table that may have been empty already, and of which nothing was deleted. Owned by one
 * thread.
 */
final class Truncates {
  private final List<LedgerTable> tables;
  private final Effects log;
  private final Effects echo;
  private final boolean[] deleted;

  Truncates(List<LedgerTable> tables, Effects log, Effects echo) {
    this.tables = tables;
    this.log = log;
    this.echo = echo;
    this.deleted = new boolean[tables.size()];
  }

  /** Whether the target has to have deleted, row by row, what the log truncates. */
  boolean isDeletion(int table) {
    return log.truncatedAt(table) != null && echo.truncatedAt(table) == null;
  }

  /** Whether there is such a table. */
  boolean anyDeletion() {
    return IntStream.range(0, tables.size()).anyMatch(this::isDeletion);
  }

  /** Takes a row of such a table; tells whether its end is explained by the log's truncate. */
  boolean explains(int table, Outcome inLog, @Nullable Effect inEcho, Outcome outcome) {
    if (inEcho == null || !inEcho.existed()) {
      return false;
    }
    deleted[table] |= outcome == Outcome.DELETED || inEcho.anew();
    return inLog == Outcome.NONE && outcome == Outcome.DELETED;
  }

  /**
   * Judges the tables as such, once all rows were seen.
   *
   * @return how many could not be judged
   */
  long judge(Findings findings, Where end) {
    long unjudged = 0;
    boolean mayDelete = false;
    for (int table = 0; table < tables.size(); table++) {
      mayDelete |= log.truncatedAt(table) != null && tables.get(table).referenced();
    }
    for (int table = 0; table < tables.size(); table++) {
      EventPlace inLog = log.truncatedAt(table);
      if (inLog == null && echo.truncatedAt(table) != null) {
        findings.add(
            Kind.EXTRA,
            tables.get(table).id(),
            Outcome.NONE,
            Outcome.TRUNCATED,
            end,
            "the target truncated the table, the log does not");
      } else if (isDeletion(table) && !deleted[table]) {
        if (mayDelete) {
          unjudged++;
        } else {
          findings.add(
              Kind.LOST,
              tables.get(table).id(),
              Outcome.TRUNCATED,
              Outcome.NONE,
              end.at(inLog),
              "the log truncates the table, the target did not");
        }
      }
    }
    return unjudged;
  }
}
