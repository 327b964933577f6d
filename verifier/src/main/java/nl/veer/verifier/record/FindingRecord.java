package nl.veer.verifier.record;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A finding of the ledger as it is on record.
 *
 * @param code as the runbook has it
 * @param table {@code schema.table}; empty if it is not of one table
 * @param keyDigest 32 hexadecimal digits; empty if it is not of one row
 * @param keyText the key's columns and values: a row's values
 * @param inLog NONE, PRESENT, DELETED or TRUNCATED
 * @param inEcho the same
 * @param echoTransaction the target's own id of its transaction
 * @param rows more than one where equal rows without a key differ in number, and where findings are
 *     counted only
 * @param echoPosition of the target transaction's end; where that is not known, a place behind it
 * @param foundAt by the target's clock
 * @param culprit who is to blame; null as long as nobody has looked
 * @param blame why, for people and without values
 * @param closedBy what has proven that it stands no more ({@code scan 17}, {@code repair 3}); null
 *     as long as it is open
 */
public record FindingRecord(
    long id,
    String code,
    String table,
    String keyDigest,
    String keyText,
    List<String> columns,
    String inLog,
    String inEcho,
    long rows,
    @Nullable String logPosition,
    @Nullable String echoPosition,
    @Nullable Instant echoCommittedAt,
    String echoTransaction,
    String what,
    Instant foundAt,
    @Nullable String culprit,
    @Nullable String blame,
    @Nullable String closedBy,
    @Nullable Instant closedAt) {

  public FindingRecord {
    columns = List.copyOf(columns);
  }

  public boolean isOpen() {
    return closedBy == null;
  }

  /** Never the key's values: they must not reach a log. */
  @Override
  public String toString() {
    return "FindingRecord " + id + ": " + code + " of " + table;
  }
}
