package nl.veer.control.demo;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a demo showed.
 *
 * @param tables compared by the oracle
 * @param rows compared
 * @param transactions that the shop committed
 * @param events changes that were applied, there and back
 * @param loadRowsPerSecond 0 if the load was done in an earlier demo on the same data
 * @param ledger of both legs
 * @param scan of all tables, while customers wrote
 * @param rehearsal null if it did not come to one
 * @param cutover null if it did not come to one
 * @param reverse what was carried behind the cutover
 * @param verdict of Veer's own verifier, of the shop's last commit
 * @param provenAt the position that it holds for, on the side that the shop wrote to last; null if
 *     there is none
 * @param oracle what is so: the verifier must say the same
 * @param differences which tables differ, and where; no values
 * @param certificate null if none was written
 */
public record DemoReport(
    int tables,
    long rows,
    long transactions,
    long events,
    long loadRowsPerSecond,
    LagMillis lagMillis,
    Ledger ledger,
    Scan scan,
    @Nullable Move rehearsal,
    @Nullable Move cutover,
    Reverse reverse,
    Verdict verdict,
    @Nullable String provenAt,
    Verdict oracle,
    List<String> differences,
    @Nullable Certificate certificate) {

  public DemoReport {
    differences = List.copyOf(differences);
  }

  /**
   * Milliseconds from source commit to target commit, of each transaction that was replicated live
   * before the cutover; the backlog of the load does not count.
   */
  public record LagMillis(long p50, long p99, long max) {}

  /**
   * What was balanced, as it is on record.
   *
   * @param batches of the side that followed
   * @param rows net changes found equal
   * @param incidents all that were ever found
   */
  public record Ledger(long batches, long rows, long incidents) {
    static final Ledger NONE = new Ledger(0, 0, 0);

    Ledger plus(Ledger more) {
      return new Ledger(batches + more.batches, rows + more.rows, incidents + more.incidents);
    }
  }

  /**
   * The scans that the verdict rested on.
   *
   * @param rows of the side that was written to
   * @param seconds of all of them together
   */
  public record Scan(Verdict verdict, long rows, double seconds) {}

  /**
   * An attempt to move the writes, or to rehearse that.
   *
   * @param state that it ended in
   * @param outageMillis null if writes were never refused
   * @param steps milliseconds of each step, in their order
   */
  public record Move(String state, @Nullable Long outageMillis, Map<String, Long> steps) {
    public Move {
      steps = Collections.unmodifiableMap(new LinkedHashMap<>(steps));
    }
  }

  /**
   * The way back.
   *
   * @param verdict of the last commit on the other side; UNKNOWN if nothing was written there
   * @param rows net changes of that side found equal by its ledger
   */
  public record Reverse(Verdict verdict, long rows) {}

  /**
   * The migration's signed report.
   *
   * @param verdict that stands in it
   * @param valid whether both files are found to be as they were signed
   */
  public record Certificate(String page, String json, String verdict, boolean valid) {}

  /** What was found. */
  public enum Verdict {
    EQUAL,
    DIFFERENT,
    /** The end was not reached, so nothing was proven. */
    UNKNOWN
  }

  /** Whether the verifier said what is so. */
  @JsonIgnore
  public boolean agrees() {
    return verdict == oracle;
  }

  /** Whether all of it went as it should: everything was moved, found EQUAL, and certified. */
  @JsonIgnore
  public boolean isEqual() {
    return agrees()
        && verdict == Verdict.EQUAL
        && scan.verdict() == Verdict.EQUAL
        && reverse.verdict() == Verdict.EQUAL
        && ledger.incidents() == 0
        && certificate != null
        && certificate.valid()
        && certificate.verdict().equals(Verdict.EQUAL.name());
  }
}
