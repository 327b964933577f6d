package nl.veer.benchmarks.ledger;

import java.util.Optional;
import nl.veer.connectors.failure.Failure;
import nl.veer.verifier.ledger.Found;
import nl.veer.verifier.ledger.LedgerCheckpoint;
import nl.veer.verifier.ledger.LedgerRecords;
import org.jspecify.annotations.Nullable;

/** What a ledger keeps, in memory; a turn ends with what it measures. */
final class Kept implements LedgerRecords {
  private LedgerCheckpoint checkpoint;

  /**
   * @param begin the place from which the ledger goes on
   */
  Kept(LedgerCheckpoint begin) {
    this.checkpoint = begin;
  }

  @Override
  public Optional<LedgerCheckpoint> checkpoint() {
    return Optional.of(checkpoint);
  }

  @Override
  public void save(LedgerCheckpoint next, Found found) {
    if (!found.isNothing()) {
      throw new IllegalStateException("A ledger of equal logs found " + found.detailed().size());
    }
    checkpoint = next;
  }

  @Override
  public void tell(@Nullable Failure failure) {
    if (failure != null) {
      throw new IllegalStateException("The ledger does not go on", failure);
    }
  }
}
