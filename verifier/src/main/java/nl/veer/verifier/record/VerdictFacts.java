package nl.veer.verifier.record;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nl.veer.connectors.dialect.postgres.PostgresSessions;
import nl.veer.connectors.event.LsnPosition;
import nl.veer.connectors.event.Position;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.WaveId;
import nl.veer.verifier.record.Differences.Open;
import nl.veer.verifier.verdict.Balance;
import nl.veer.verifier.verdict.Scanned;
import nl.veer.verifier.verdict.TableBasis;
import nl.veer.verifier.verdict.TableVerdict;
import nl.veer.verifier.verdict.WaveVerdict;
import org.jspecify.annotations.Nullable;

/** Reads what a wave's verdict rests on, and makes it of that. In the caller's transaction. */
final class VerdictFacts {
  /** The last, and such as still hold while the ledger is not as far as that one. */
  private static final int SCANS = 3;

  private static final String LOADS =
      """
      SELECT l.table_schema, l.table_name, l.state = 'COMPLETE', l.boundary_position, s.position
      FROM veer.load l LEFT JOIN veer.stamp s ON s.migration = l.migration AND s.wave = l.wave
      WHERE l.migration = ? AND l.wave = ? ORDER BY l.table_schema, l.table_name
      """;

  private static final String CLOSED =
      """
      SELECT DISTINCT ON (table_schema, table_name) table_schema, table_name, closed_by FROM (
        SELECT table_schema, table_name, closed_by, closed_at FROM veer.difference
        WHERE migration = ? AND wave = ? AND closed_by IS NOT NULL
        UNION ALL
        SELECT table_schema, table_name, closed_by, closed_at FROM veer.finding
        WHERE migration = ? AND wave = ? AND closed_by IS NOT NULL) closed
      ORDER BY table_schema, table_name, closed_at DESC
      """;

  private static final String LEDGER =
      """
      SELECT balanced_position, coalesce(balanced_from, 0), balanced_committed_at, saved_at,
             failure_code, failure, clock_timestamp() AS now
      FROM veer.ledger WHERE migration = ? AND wave = ?
      """;

  /** How far behind the ledger was when it last said so, and behind what was applied. */
  private static final String END =
      """
      SELECT extract(epoch FROM greatest(l.saved_at, s.committed_at) - l.balanced_committed_at)
      FROM veer.ledger l LEFT JOIN veer.stamp s ON s.migration = l.migration AND s.wave = l.wave
      WHERE l.migration = ? AND l.wave = ?
      """;

  private VerdictFacts() {}

  /**
   * @param ledger whether there shall be one
   * @param bound of its lag
   */
  static WaveVerdict judge(Connection connection, WaveId wave, boolean ledger, Duration bound)
      throws SQLException {
    return judge(connection, wave, ledger ? balance(connection, wave) : new Balance.Off(), bound);
  }

  /** The same, of what stood when its roles ended. */
  static WaveVerdict judgeTheEnd(Connection connection, WaveId wave, boolean ledger, Duration bound)
      throws SQLException {
    return judge(connection, wave, ledger ? ended(connection, wave) : new Balance.Off(), bound);
  }

  private static WaveVerdict judge(
      Connection connection, WaveId wave, Balance balance, Duration bound) throws SQLException {
    Map<Optional<TableId>, OpenFindings> findings = FindingRecords.open(connection, wave);
    List<TableVerdict> tables = new ArrayList<>();
    for (TableBasis basis : bases(connection, wave, findings)) {
      tables.add(TableVerdict.of(basis, balance, bound));
    }
    OpenFindings loose = findings.get(Optional.<TableId>empty());
    return WaveVerdict.of(
        tables, loose == null ? 0 : loose.count(), loose == null ? 0 : loose.newest());
  }

  /** The table to be scanned next; empty if none is due. */
  static Optional<TableId> next(Connection connection, WaveId wave, boolean ledger, Duration every)
      throws SQLException {
    Balance balance = ledger ? balance(connection, wave) : new Balance.Off();
    List<TableBasis> bases = bases(connection, wave, FindingRecords.open(connection, wave));
    try (PreparedStatement query = connection.prepareStatement("SELECT clock_timestamp()");
        ResultSet row = query.executeQuery()) {
      row.next();
      return ScanAgenda.next(bases, balance, row.getTimestamp(1).toInstant(), every);
    }
  }

  private static List<TableBasis> bases(
      Connection connection, WaveId wave, Map<Optional<TableId>, OpenFindings> findings)
      throws SQLException {
    Map<TableId, List<Scanned>> scans = ScanSql.last(connection, wave, SCANS);
    Map<TableId, Open> differences = Differences.count(connection, wave);
    Map<TableId, String> closed = closed(connection, wave);
    List<TableBasis> bases = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement(LOADS)) {
      RecordSql.set(query, wave.migration(), wave.wave());
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          TableId table = new TableId(row.getString(1), row.getString(2));
          Open open = differences.getOrDefault(table, new Open(0, 0));
          OpenFindings found = findings.get(Optional.of(table));
          bases.add(
              new TableBasis(
                  table,
                  row.getBoolean(3) && isPassed(row.getString(4), row.getString(5)),
                  scans.getOrDefault(table, List.of()),
                  open.count(),
                  open.lastScan(),
                  found == null ? 0 : found.count(),
                  found == null ? 0 : found.newest(),
                  closed.get(table)));
        }
      }
    }
    return bases;
  }

  /** Whether the target holds all that the load included. */
  private static boolean isPassed(@Nullable String boundary, @Nullable String applied) {
    return boundary != null
        && applied != null
        && !LsnPosition.parse(boundary).isAfter(LsnPosition.parse(applied));
  }

  private static Map<TableId, String> closed(Connection connection, WaveId wave)
      throws SQLException {
    Map<TableId, String> closed = new HashMap<>();
    try (PreparedStatement query = connection.prepareStatement(CLOSED)) {
      RecordSql.set(query, wave.migration(), wave.wave(), wave.migration(), wave.wave());
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          if (!row.getString(1).isEmpty()) {
            closed.put(new TableId(row.getString(1), row.getString(2)), row.getString(3));
          }
        }
      }
    }
    return closed;
  }

  private static Balance ended(Connection connection, WaveId wave) throws SQLException {
    return balance(connection, wave) instanceof Balance.Ledger ledger && ledger.upTo() != null
        ? new Balance.Ledger(
            ledger.upTo(),
            ledger.from(),
            lagAtTheEnd(connection, wave),
            Duration.ZERO,
            true,
            ledger.failure())
        : Balance.Ledger.NONE;
  }

  private static @Nullable Duration lagAtTheEnd(Connection connection, WaveId wave)
      throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(END)) {
      RecordSql.set(query, wave.migration(), wave.wave());
      try (ResultSet row = query.executeQuery()) {
        row.next();
        double seconds = row.getDouble(1);
        return row.wasNull() ? null : Duration.ofMillis(Math.round(seconds * 1000));
      }
    }
  }

  private static Balance balance(Connection connection, WaveId wave) throws SQLException {
    boolean running = PostgresSessions.anyFor(connection, List.of(LedgerStore.purpose(wave)));
    try (PreparedStatement query = connection.prepareStatement(LEDGER)) {
      RecordSql.set(query, wave.migration(), wave.wave());
      try (ResultSet row = query.executeQuery()) {
        if (!row.next()) {
          return Balance.Ledger.NONE;
        }
        Position upTo = RecordSql.position(row, "balanced_position");
        String code = row.getString("failure_code");
        return new Balance.Ledger(
            upTo,
            row.getLong(2),
            since(row, "balanced_committed_at"),
            since(row, "saved_at"),
            running,
            code == null ? null : code + ": " + row.getString("failure"));
      }
    }
  }

  private static @Nullable Duration since(ResultSet row, String column) throws SQLException {
    java.time.Instant then = RecordSql.instant(row, column);
    java.time.Instant now = RecordSql.instant(row, "now");
    return then == null || now == null ? null : Duration.between(then, now);
  }
}
