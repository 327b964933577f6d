package nl.veer.control.report;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import nl.veer.connectors.event.WaveId;
import nl.veer.control.report.ReportDocument.Incident;
import nl.veer.verifier.record.DifferenceRecord;
import nl.veer.verifier.record.Differences;
import nl.veer.verifier.record.FindingRecord;
import nl.veer.verifier.record.LedgerStore;
import nl.veer.verifier.verdict.Difference;
import org.jspecify.annotations.Nullable;

/**
 * All that was ever found of a migration's waves, open or not, oldest first within each wave.
 *
 * @param allListed whether there are no more
 */
record Incidents(List<Incident> listed, boolean allListed) {
  /** Of each kind and wave. */
  private static final int LISTED = 10_000;

  static final Incidents NONE = new Incidents(List.of(), true);

  Incidents {
    listed = List.copyOf(listed);
  }

  Incidents and(Incidents more) {
    List<Incident> both = new ArrayList<>(listed);
    both.addAll(more.listed);
    return new Incidents(both, allListed && more.allListed);
  }

  /** Not one could be read. */
  static final Incidents UNREAD = new Incidents(List.of(), false);

  /**
   * @param wave the leg whose records
   */
  static Incidents read(Connection connection, WaveId wave) throws SQLException {
    List<FindingRecord> findings = LedgerStore.findings(connection, wave, null, LISTED + 1);
    List<DifferenceRecord> differences = Differences.read(connection, wave, null, null, LISTED + 1);
    List<Incident> listed = new ArrayList<>();
    findings.stream().limit(LISTED).map(one -> incident(wave, one)).forEach(listed::add);
    differences.stream().limit(LISTED).map(one -> incident(wave, one)).forEach(listed::add);
    return new Incidents(listed, findings.size() <= LISTED && differences.size() <= LISTED);
  }

  private static Incident incident(WaveId wave, FindingRecord one) {
    return new Incident(
        wave.home().wave(),
        wave.legNumber(),
        "ledger",
        one.id(),
        one.code(),
        one.table(),
        one.keyDigest(),
        one.columns(),
        one.rows(),
        one.what(),
        one.logPosition(),
        one.echoPosition(),
        one.foundAt().toString(),
        one.isOpen() ? "OPEN" : "CLOSED",
        one.culprit(),
        one.blame(),
        one.closedBy(),
        text(one.closedAt()));
  }

  private static Incident incident(WaveId wave, DifferenceRecord one) {
    return new Incident(
        wave.home().wave(),
        wave.legNumber(),
        "scan",
        one.id(),
        one.kind().name(),
        one.table().toString(),
        one.keyDigest(),
        one.columns(),
        1,
        words(one.kind()),
        one.source().text(),
        one.target().text(),
        one.foundAt().toString(),
        one.state().name(),
        one.culprit(),
        one.blame(),
        one.closedBy(),
        text(one.closedAt()));
  }

  private static String words(Difference.Kind kind) {
    return switch (kind) {
      case MISSING -> "the target lacks the row";
      case EXTRA -> "the target has a row that the source has not";
      case VALUES -> "the row has other values on the target";
    };
  }

  private static @Nullable String text(@Nullable Instant at) {
    return at == null ? null : at.toString();
  }
}
