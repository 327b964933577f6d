package nl.veer.control.demo;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;

/**
 * What a demo showed.
 *
 * @param tables compared by the oracle
 * @param rows compared
 * @param transactions that the shop committed
 * @param events changes that were applied to the target
 * @param loadRowsPerSecond 0 if the load was done in an earlier demo on the same data
 * @param verdict of the oracle
 * @param differences which tables differ, and where; no values
 */
public record DemoReport(
    int tables,
    long rows,
    long transactions,
    long events,
    long loadRowsPerSecond,
    LagMillis lagMillis,
    Verdict verdict,
    List<String> differences) {

  public DemoReport {
    differences = List.copyOf(differences);
  }

  /**
   * Milliseconds from source commit to target commit, of each transaction that was replicated live;
   * the backlog of the load does not count.
   */
  public record LagMillis(long p50, long p99, long max) {}

  /** What was found. */
  public enum Verdict {
    EQUAL,
    DIFFERENT,
    /** The end was not reached, so nothing was proven. */
    UNKNOWN
  }

  @JsonIgnore
  public boolean isEqual() {
    return verdict == Verdict.EQUAL;
  }
}
