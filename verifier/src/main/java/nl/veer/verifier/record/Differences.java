package nl.veer.verifier.record;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import nl.veer.connectors.event.Position;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.WaveId;
import nl.veer.verifier.record.DifferenceRecord.State;
import nl.veer.verifier.verdict.Difference;
import org.jspecify.annotations.Nullable;

/**
 * The proven differences of a wave's tables, in {@code veer.difference}. A key has at most one that
 * is open. Each call is a statement in the caller's transaction; where no scan has kept anything
 * yet there are none.
 */
public final class Differences {
  private static final String SEEN =
      """
      INSERT INTO veer.difference (migration, wave, table_schema, table_name, key_text, key_digest,
        kind, columns, scan, source_position, target_position)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (migration, wave, table_schema, table_name, key_digest) WHERE state = 'OPEN'
      DO UPDATE SET kind = excluded.kind, columns = excluded.columns, scan = excluded.scan,
        source_position = excluded.source_position, target_position = excluded.target_position,
        last_seen_at = clock_timestamp()
      """;

  /** A look that began before a difference was seen says nothing about it. */
  private static final String GONE =
      """
      UPDATE veer.difference SET state = 'GONE', closed_by = 'scan ' || ?,
        closed_at = clock_timestamp()
      WHERE migration = ? AND wave = ? AND table_schema = ? AND table_name = ? AND state = 'OPEN'
        AND scan <> ? AND source_position::pg_lsn <= ?::pg_lsn
      """;

  private static final String LOCK_OPEN =
      """
      SELECT id FROM veer.difference
      WHERE migration = ? AND wave = ? AND table_schema = ? AND table_name = ? AND state = 'OPEN'
        AND key_digest = ANY (?) ORDER BY id FOR UPDATE
      """;

  private static final String CLOSED_SINCE =
      """
      SELECT key_digest FROM veer.difference
      WHERE migration = ? AND wave = ? AND table_schema = ? AND table_name = ?
        AND key_digest = ANY (?)
      GROUP BY key_digest HAVING bool_and(state <> 'OPEN') AND max(closed_at) > ?
      """;

  /** Of each table; who needs more has kept the scans' output. */
  private static final int CLOSED_KEPT = 10_000;

  private Differences() {}

  /**
   * The open ones, oldest first.
   *
   * @param table null for all
   */
  public static List<DifferenceRecord> open(
      Connection connection, WaveId wave, @Nullable TableId table, int limit) throws SQLException {
    return read(connection, wave, table, State.OPEN, limit);
  }

  /**
   * All, or those of one state, oldest first.
   *
   * @param table null for all
   * @param state null for any
   */
  public static List<DifferenceRecord> read(
      Connection connection, WaveId wave, @Nullable TableId table, @Nullable State state, int limit)
      throws SQLException {
    return DifferenceList.read(
        connection, wave, new DifferenceList.Chosen(table, state, null, null), 0, limit);
  }

  /**
   * What is open of a table.
   *
   * @param lastScan the last scan that saw one of them
   */
  record Open(long count, long lastScan) {}

  /** How many are open, by table. */
  static Map<TableId, Open> count(Connection connection, WaveId wave) throws SQLException {
    Map<TableId, Open> counts = new HashMap<>();
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT table_schema, table_name, count(*), max(scan) FROM veer.difference"
                + " WHERE migration = ? AND wave = ? AND state = 'OPEN' GROUP BY 1, 2")) {
      RecordSql.set(query, wave.migration(), wave.wave());
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          counts.put(
              new TableId(row.getString(1), row.getString(2)),
              new Open(row.getLong(3), row.getLong(4)));
        }
      }
    }
    return counts;
  }

  /** Keeps what a scan has proven; one that is open already was seen again. */
  static void seen(
      Connection connection,
      WaveId wave,
      TableId table,
      long scan,
      KeyDigests digests,
      List<Difference> differences,
      Position source,
      Position target)
      throws SQLException {
    if (differences.isEmpty()) {
      return;
    }
    try (PreparedStatement insert = connection.prepareStatement(SEEN)) {
      for (Difference difference : differences) {
        RecordSql.set(
            insert,
            wave.migration(),
            wave.wave(),
            table.schema(),
            table.name(),
            JsonTexts.write(difference.key().texts()),
            digests.of(difference.key()),
            difference.kind().name(),
            JsonTexts.write(difference.columns()),
            scan,
            source.text(),
            target.text());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  /**
   * Which of these keys had a difference that was closed after a moment, and have none that is
   * open. Until the caller commits, no open one of them is closed.
   */
  static Set<String> closedSince(
      Connection connection, WaveId wave, TableId table, Collection<String> digests, Instant since)
      throws SQLException {
    Set<String> closed = new HashSet<>();
    try (PreparedStatement lock = connection.prepareStatement(LOCK_OPEN);
        PreparedStatement query = connection.prepareStatement(CLOSED_SINCE)) {
      Array keys = connection.createArrayOf("text", digests.toArray());
      RecordSql.set(lock, wave.migration(), wave.wave(), table.schema(), table.name(), keys);
      lock.execute();
      RecordSql.set(
          query, wave.migration(), wave.wave(), table.schema(), table.name(), keys, since);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          closed.add(row.getString(1));
        }
      }
    }
    return closed;
  }

  /**
   * A whole look at a table has proven all its rows, and not seen what it does not name.
   *
   * @param first the source's position at the first look
   */
  static void gone(Connection connection, WaveId wave, TableId table, long scan, Position first)
      throws SQLException {
    RecordSql.update(
        connection,
        GONE,
        scan,
        wave.migration(),
        wave.wave(),
        table.schema(),
        table.name(),
        scan,
        first.text());
    RecordSql.update(
        connection,
        "DELETE FROM veer.difference WHERE migration = ? AND wave = ? AND table_schema = ?"
            + " AND table_name = ? AND state <> 'OPEN' AND id <= (SELECT id FROM veer.difference"
            + " WHERE migration = ? AND wave = ? AND table_schema = ? AND table_name = ?"
            + " AND state <> 'OPEN' ORDER BY id DESC OFFSET ? LIMIT 1)",
        wave.migration(),
        wave.wave(),
        table.schema(),
        table.name(),
        wave.migration(),
        wave.wave(),
        table.schema(),
        table.name(),
        CLOSED_KEPT);
  }

  /**
   * It was mended, and its key was verified again.
   *
   * @param by for example {@code repair 3}
   * @return whether it was open
   */
  public static boolean repaired(Connection connection, long id, String by) throws SQLException {
    return RecordSql.update(
            connection,
            "UPDATE veer.difference SET state = 'REPAIRED', closed_by = ?,"
                + " closed_at = clock_timestamp() WHERE id = ? AND state = 'OPEN'",
            by,
            id)
        == 1;
  }

  /**
   * It is no more: its key was looked at again and was equal, though nobody mended it.
   *
   * @param by who looked, for example {@code repair 3}
   * @return whether it was open
   */
  public static boolean gone(Connection connection, long id, String by) throws SQLException {
    return RecordSql.update(
            connection,
            "UPDATE veer.difference SET state = 'GONE', closed_by = ?,"
                + " closed_at = clock_timestamp() WHERE id = ? AND state = 'OPEN'",
            by,
            id)
        == 1;
  }

  /**
   * Who made it, and how that is known.
   *
   * @param words never a row's values
   */
  public static void blame(Connection connection, long id, String culprit, String words)
      throws SQLException {
    RecordSql.update(
        connection,
        "UPDATE veer.difference SET culprit = ?, blame = ? WHERE id = ?",
        culprit,
        words,
        id);
  }
}
