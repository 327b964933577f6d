package nl.veer.verifier.ledger;

import java.util.Map;
import nl.veer.connectors.event.Position;
import nl.veer.connectors.event.TableId;
import org.jspecify.annotations.Nullable;

/**
 * From where the ledger goes on after a restart.
 *
 * @param valueVersion of the canonical values with which it was made
 * @param echoId of the very topic
 * @param echoOffset behind the last echo transaction that is dealt with
 * @param echoTransaction its number
 * @param echoPosition its place in the target's commit order
 * @param logId of the very topic
 * @param balanced null as long as no stamp was seen, or after a gap in the echo
 * @param boundaries of the tables' loads as of here
 */
public record LedgerCheckpoint(
    int valueVersion,
    String echoId,
    long echoOffset,
    long echoTransaction,
    @Nullable Position echoPosition,
    String logId,
    @Nullable Balanced balanced,
    LedgerCounts counts,
    Map<TableId, LoadBoundary> boundaries) {

  public LedgerCheckpoint {
    boundaries = Map.copyOf(boundaries);
  }
}
