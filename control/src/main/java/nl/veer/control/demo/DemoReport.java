package nl.veer.control.demo;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a demo showed.
 *
 * @param tables compared by the oracle
 * @param rows compared
 * @param transactions that the shop committed
 * @param events changes that were applied to the target
 * @param loadRowsPerSecond 0 if the load was done in an earlier demo on the same data
 * @param verdict of the oracle
 * @param proven the verdict of Veer's own verifier, which must be the same
 * @param provenAt the source's position that it holds for; null if it has none
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
    Verdict proven,
    @Nullable String provenAt,
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

  /** Both say so: the oracle, and the verifier that it judges. */
  @JsonIgnore
  public boolean isEqual() {
    return verdict == Verdict.EQUAL && proven == Verdict.EQUAL;
  }
}
