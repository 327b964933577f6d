package nl.veer.verifier.ledger;

import nl.veer.connectors.dialect.RowIdentity;
import nl.veer.connectors.event.Position;
import org.jspecify.annotations.Nullable;

/**
 * What a table's load includes, as {@code veer.load} has it.
 *
 * @param identity how the source's log identifies the table's rows since then; null if that is not
 *     known
 */
public record LoadBoundary(String text, Position position, @Nullable RowIdentity identity) {

  public LoadBoundary(String text, Position position) {
    this(text, position, null);
  }
}
