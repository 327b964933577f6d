package nl.veer.verifier.changed;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.verifier.scan.postgres.KeyRange;
import nl.veer.verifier.scan.postgres.ScanSession;
import nl.veer.verifier.scan.postgres.ScanTable;

/**
 * A table cut into ranges of its key. The first has no begin and the last no end, so that every key
 * that there is, or will be, on either side is in exactly one; whatever changes in between.
 *
 * @param bounds last keys of all chunks but the last, in the key's order
 */
record Chunks(List<List<String>> bounds) {
  /** A table that is one chunk. */
  static final Chunks ONE = new Chunks(List.of());

  Chunks {
    bounds = List.copyOf(bounds);
  }

  /**
   * Walks the source's index; a table whose key both sides do not order in the same way is one
   * chunk.
   *
   * @param rows about how many rows a chunk has
   * @throws Failure TRANSIENT if asked to stop
   */
  static Chunks lay(ScanSession source, ScanTable table, long rows, StopSignal stop) {
    if (!table.walked()) {
      return ONE;
    }
    List<List<String>> bounds = new ArrayList<>();
    Optional<List<String>> bound = Optional.empty();
    do {
      if (stop.isRaised()) {
        throw stopped();
      }
      bound = source.bound(table, bound.orElse(null), rows);
      source.end();
      bound.ifPresent(bounds::add);
    } while (bound.isPresent());
    return new Chunks(bounds);
  }

  static Failure stopped() {
    return new Failure(
        FailureKind.TRANSIENT, "PROOF_STOPPED", "It was stopped before all changes were read.");
  }

  int count() {
    return bounds.size() + 1;
  }

  KeyRange range(int chunk) {
    return new KeyRange(
        chunk == 0 ? null : bounds.get(chunk - 1),
        chunk == bounds.size() ? null : bounds.get(chunk));
  }

  /** Never the keys' values: they must not reach a log. */
  @Override
  public String toString() {
    return count() + " chunks";
  }
}
