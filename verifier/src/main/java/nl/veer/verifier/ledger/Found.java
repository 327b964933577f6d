package nl.veer.verifier.ledger;

import java.util.List;
import nl.veer.connectors.event.TableId;
import nl.veer.verifier.ledger.Imbalance.Kind;
import org.jspecify.annotations.Nullable;

/**
 * What one echo transaction has shown.
 *
 * @param detailed the first findings
 * @param further how many there are beyond these
 */
public record Found(List<Imbalance> detailed, List<Further> further) {
  public static final Found NOTHING = new Found(List.of(), List.of());

  /**
   * Findings that are only counted.
   *
   * @param table null where they are not of one table
   * @param echo the transaction's end
   */
  public record Further(Kind kind, @Nullable TableId table, long count, Where echo) {}

  public Found {
    detailed = List.copyOf(detailed);
    further = List.copyOf(further);
  }

  public boolean isNothing() {
    return detailed.isEmpty() && further.isEmpty();
  }
}
