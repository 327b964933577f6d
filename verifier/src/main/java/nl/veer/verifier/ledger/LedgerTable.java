package nl.veer.verifier.ledger;

import java.util.List;
import java.util.Set;
import nl.veer.connectors.dialect.RowIdentity;
import nl.veer.connectors.event.TableId;

/**
 * A table of the wave as the ledger reads it.
 *
 * @param key names of the columns that identify a row, in key order, the same on both sides; empty
 *     if only the whole row does; such a row can be changed only where before images are whole
 * @param logWhole whether the log's before images hold every column
 * @param echoWhole whether the echo's do
 * @param computed columns that a side computes itself, so that they are not compared here
 * @param referenced whether another table of the target refers to it by a foreign key, so that a
 *     TRUNCATE of it, and of what is truncated with it, may there have to be a DELETE
 */
public record LedgerTable(
    TableId id,
    List<String> key,
    boolean logWhole,
    boolean echoWhole,
    Set<String> computed,
    boolean referenced) {

  public LedgerTable {
    key = List.copyOf(key);
    computed = Set.copyOf(computed);
  }

  LedgerTable identifiedBy(RowIdentity identity) {
    return new LedgerTable(
        id,
        identity.key(),
        identity.wholeBefore(),
        echoWhole || identity.key().isEmpty(),
        computed,
        referenced);
  }
}
