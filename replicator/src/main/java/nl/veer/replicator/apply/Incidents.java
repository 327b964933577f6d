package nl.veer.replicator.apply;

import nl.veer.connectors.event.EventPlace;
import nl.veer.connectors.event.TransactionEnd;
import nl.veer.connectors.failure.Failure;
import org.jspecify.annotations.Nullable;

/** Tells of a failure where in the log it arose: never with a row's values. */
final class Incidents {
  private Incidents() {}

  /**
   * @param end null while the transaction's end was not read yet
   */
  static Failure at(
      Failure failure, String sourceTransaction, @Nullable TransactionEnd end, EventPlace place) {
    return new Failure(
        failure.kind(),
        failure.code(),
        "%s [log transaction %d, event %d; source transaction %s, position %s]"
            .formatted(
                failure.getMessage(),
                place.transaction(),
                place.order(),
                sourceTransaction,
                end == null ? "not read yet" : end.position().text()));
  }
}
