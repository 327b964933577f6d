package nl.veer.verifier.ledger;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The shapes of both sides' rows, one instance for the same columns, so that rows of one shape are
 * compared place by place. Owned by one thread.
 */
final class Shapes {
  private final Map<List<String>, Shape> known = new HashMap<>();

  /**
   * @param names sorted
   */
  Shape of(List<String> names) {
    return known.computeIfAbsent(names, sorted -> new Shape(sorted.toArray(String[]::new)));
  }
}
