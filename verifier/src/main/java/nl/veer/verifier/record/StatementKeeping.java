package nl.veer.verifier.record;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import nl.veer.connectors.event.WaveId;
import nl.veer.verifier.digest.DigestKey;
import nl.veer.verifier.verdict.Cuts;
import nl.veer.verifier.verdict.Difference;
import nl.veer.verifier.verdict.TableStatement;
import nl.veer.verifier.verdict.UnknownReason;
import nl.veer.verifier.verdict.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what one scan said of a table, with what has happened to the table since the scan began:
 * its chunks may have been seen before a repair, or before another load. In the caller's
 * transaction.
 */
final class StatementKeeping {
  private final Connection connection;
  private final WaveId wave;
  private final KeyDigests digests;
  private final ScanKind kind;

  StatementKeeping(Connection connection, WaveId wave, DigestKey secret, ScanKind kind) {
    this.connection = connection;
    this.wave = wave;
    this.digests = new KeyDigests(secret);
    this.kind = kind;
  }

  /**
   * @param begun what was so when the scan began; null if there was no load then
   * @param present what is so now; null if there is no load now
   * @return the statement's id
   */
  long keep(
      TableStatement table,
      String hash,
      Instant startedAt,
      @Nullable Beginning begun,
      @Nullable Beginning present)
      throws SQLException {
    if (!isSameLoad(begun, present)) {
      Verdict anew =
          Verdict.unknown(
              UnknownReason.BEHIND,
              "It was loaded anew while it was scanned; the next scan has the say.");
      return ScanSql.write(connection, wave, table.saying(anew, 0), hash, startedAt, kind, begun);
    }
    List<Difference> standing = standing(table, begun);
    TableStatement said = said(table, standing.size());
    long id = ScanSql.write(connection, wave, said, hash, startedAt, kind, begun);
    keepDifferences(said, standing, id);
    if (begun != null) {
      RangeSql.write(connection, wave, said, begun.loadMark(), id);
    }
    closeFindings(said, id, begun);
    return id;
  }

  private static boolean isSameLoad(@Nullable Beginning begun, @Nullable Beginning present) {
    return begun == null || present == null
        ? begun == present
        : begun.loadMark().equals(present.loadMark());
  }

  /** Those that nobody has closed since the scan began. */
  private List<Difference> standing(TableStatement table, @Nullable Beginning begun)
      throws SQLException {
    if (begun == null || table.differences().isEmpty()) {
      return table.differences();
    }
    List<String> keys = table.differences().stream().map(one -> digests.of(one.key())).toList();
    Set<String> closed = Differences.closedSince(connection, wave, table.table(), keys, begun.at());
    List<Difference> standing = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      if (!closed.contains(keys.get(i))) {
        standing.add(table.differences().get(i));
      }
    }
    return standing;
  }

  private static TableStatement said(TableStatement table, int standing) {
    int closed = table.differences().size() - standing;
    if (closed == 0) {
      return table;
    }
    long rows = table.differing() - closed;
    return table.saying(
        standing > 0
            ? new Verdict.Different(Math.max(rows, standing))
            : Verdict.unknown(
                UnknownReason.BEHIND,
                "What differed was repaired while it was scanned; the next scan has the say."),
        Math.max(rows, standing));
  }

  private void keepDifferences(TableStatement table, List<Difference> standing, long scan)
      throws SQLException {
    Cuts first = table.first();
    Cuts last = table.last();
    if (first == null || last == null) {
      return;
    }
    Differences.seen(
        connection,
        wave,
        table.table(),
        scan,
        digests,
        standing,
        last.source().position(),
        last.target().said());
    if (table.isExhaustive()) {
      Differences.gone(connection, wave, table.table(), scan, first.source().position());
    }
  }

  /** Of rows that are equal now it does not matter any more how they once came about. */
  private void closeFindings(TableStatement table, long scan, @Nullable Beginning begun)
      throws SQLException {
    if (begun != null && table.isExhaustive() && table.verdict() instanceof Verdict.Equal) {
      String by = "scan " + scan;
      FindingRecords.close(connection, wave, table.table(), List.of(begun.horizon()), by);
      FindingRecords.close(connection, wave, null, ScanSql.allProven(connection, wave), by);
    }
  }
}
