package nl.veer.benchmarks.contest;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nl.veer.benchmarks.cost.Usage;

/**
 * What came of one turn.
 *
 * @param rows that were done
 * @param seconds in which they were
 * @param usage of each party meanwhile
 */
public record Trial(long rows, double seconds, Map<Figure, Double> figures, List<Usage> usage) {
  public Trial {
    figures = new LinkedHashMap<>(figures);
    usage = List.copyOf(usage);
  }
}
