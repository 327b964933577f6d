package nl.veer.verifier.ledger;

import nl.veer.connectors.event.ChangeEvent;
import nl.veer.connectors.event.TransactionBegin;
import nl.veer.connectors.event.TransactionEnd;

/** Takes what a {@link TransactionReader} reads. */
interface TransactionSink {
  /** All that was given since the reading began is void. */
  void restart();

  void begin(TransactionBegin begin);

  void change(ChangeEvent event);

  void end(TransactionEnd end);
}
