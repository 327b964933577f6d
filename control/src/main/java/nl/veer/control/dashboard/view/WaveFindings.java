package nl.veer.control.dashboard.view;

import java.util.List;
import nl.veer.verifier.record.FindingRecord;
import org.jspecify.annotations.Nullable;

/**
 * What a wave's ledger found, oldest first.
 *
 * @param next where the next page begins; null if there is none
 */
public record WaveFindings(String wave, List<Line> findings, @Nullable Long next) {

  public WaveFindings {
    findings = List.copyOf(findings);
  }

  /**
   * A finding.
   *
   * @param state OPEN or CLOSED
   * @param code as the runbook has it
   * @param table empty if it is not of one table
   * @param key the digest of the row's key, never its values; empty if it is not of one row
   * @param inLog NONE, PRESENT, DELETED or TRUNCATED
   * @param inEcho the same
   * @param rows how many it stands for
   * @param targetTransaction the target's own id of its transaction
   * @param culprit who is to blame; null as long as nobody has looked
   * @param closedBy {@code scan 17} or {@code repair 3}; null while it is open
   */
  public record Line(
      long id,
      String state,
      String code,
      String table,
      String key,
      List<String> columns,
      String inLog,
      String inEcho,
      long rows,
      @Nullable String logPosition,
      @Nullable String echoPosition,
      String targetTransaction,
      String what,
      String foundAt,
      @Nullable String culprit,
      @Nullable String blame,
      @Nullable String closedBy,
      @Nullable String closedAt) {

    public Line {
      columns = List.copyOf(columns);
    }

    public static Line of(FindingRecord one) {
      return new Line(
          one.id(),
          one.isOpen() ? "OPEN" : "CLOSED",
          one.code(),
          one.table(),
          one.keyDigest(),
          one.columns(),
          one.inLog(),
          one.inEcho(),
          one.rows(),
          one.logPosition(),
          one.echoPosition(),
          one.echoTransaction(),
          one.what(),
          one.foundAt().toString(),
          one.culprit(),
          one.blame(),
          one.closedBy(),
          one.closedAt() == null ? null : one.closedAt().toString());
    }
  }
}
