package nl.veer.verifier.ledger;

import java.time.Instant;
import nl.veer.connectors.event.EventPlace;
import nl.veer.connectors.event.Position;
import org.jspecify.annotations.Nullable;

/**
 * Where on one side something was seen.
 *
 * @param place of the row's last event, or of the transaction's end; null if there is none
 * @param position of the transaction's end: of the last one that the stamp covers, on the log's
 *     side
 * @param committedAt of that end
 * @param transaction that database's own id of the transaction, on the echo's side; else empty
 */
public record Where(
    @Nullable EventPlace place,
    @Nullable Position position,
    @Nullable Instant committedAt,
    String transaction) {

  Where at(@Nullable EventPlace event) {
    return event == null ? this : new Where(event, position, committedAt, transaction);
  }
}
