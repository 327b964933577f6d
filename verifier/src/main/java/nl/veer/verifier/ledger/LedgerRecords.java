package nl.veer.verifier.ledger;

import java.util.Optional;
import nl.veer.connectors.failure.Failure;
import org.jspecify.annotations.Nullable;

/** Where the ledger keeps what it knows. Called by the ledger's thread only. */
public interface LedgerRecords {

  /** What was saved last; empty if the wave's ledger begins. */
  Optional<LedgerCheckpoint> checkpoint();

  /**
   * Keeps both or neither, durably: a finding that is kept without its checkpoint would be found
   * again, the other way round it would be lost.
   *
   * @param found what is new; {@link Imbalance#identity} tells one from another
   * @throws nl.veer.connectors.failure.Failure TRANSIENT if it is unknown whether they were kept;
   *     the ledger then reads the checkpoint again
   */
  void save(LedgerCheckpoint checkpoint, Found found);

  /**
   * Tells other processes why the ledger does not go on; what cannot be told is left.
   *
   * @param failure null if it does
   */
  void tell(@Nullable Failure failure);
}
