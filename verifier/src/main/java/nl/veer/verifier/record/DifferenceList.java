package nl.veer.verifier.record;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import nl.veer.connectors.event.Position;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.WaveId;
import nl.veer.verifier.record.DifferenceRecord.State;
import nl.veer.verifier.verdict.Difference;
import nl.veer.verifier.verdict.RowKey;
import org.jspecify.annotations.Nullable;

/**
 * The proven differences on record, for whoever lists them or asks for one. There are none where no
 * scan has kept anything yet.
 */
public final class DifferenceList {
  private DifferenceList() {}

  /**
   * Which of them are asked for.
   *
   * @param table null for all
   * @param state null for any
   * @param kind null for any
   * @param column those that differ in just these columns, as a cause names them; null for any
   */
  public record Chosen(
      @Nullable TableId table,
      @Nullable State state,
      @Nullable String kind,
      @Nullable String column) {}

  /**
   * Oldest first, from a place on, for who reads them page by page.
   *
   * @param after the id of the last one that is known; 0 for none
   */
  public static List<DifferenceRecord> read(
      Connection connection, WaveId wave, Chosen chosen, long after, int limit)
      throws SQLException {
    List<DifferenceRecord> found = new ArrayList<>();
    if (!ScanSchema.exists(connection)) {
      return found;
    }
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT * FROM veer.difference d WHERE migration = ? AND wave = ?"
                + " AND (?::text IS NULL OR table_schema = ? AND table_name = ?)"
                + " AND (?::text IS NULL OR state = ?) AND (?::text IS NULL OR kind = ?)"
                + (" AND (?::text IS NULL OR " + CauseRecords.DIFFERENCE_COLUMN + " = ?)")
                + " AND id > ? ORDER BY id LIMIT ?")) {
      TableId table = chosen.table();
      String schema = table == null ? null : table.schema();
      String word = chosen.state() == null ? null : chosen.state().name();
      RecordSql.set(
          query,
          wave.migration(),
          wave.wave(),
          schema,
          schema,
          table == null ? null : table.name(),
          word,
          word,
          chosen.kind(),
          chosen.kind(),
          chosen.column(),
          chosen.column(),
          after,
          limit);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          found.add(record(row));
        }
      }
    }
    return found;
  }

  /** The one with this id; empty if the wave has none. */
  public static Optional<DifferenceRecord> find(Connection connection, WaveId wave, long id)
      throws SQLException {
    return one(connection, "id = ?", wave, id);
  }

  /**
   * The one that was found last of a row.
   *
   * @param table {@code schema.table}
   */
  public static Optional<DifferenceRecord> find(
      Connection connection, WaveId wave, String table, String keyDigest) throws SQLException {
    return one(
        connection,
        "table_schema || '.' || table_name = ? AND key_digest = ?",
        wave,
        table,
        keyDigest);
  }

  private static Optional<DifferenceRecord> one(
      Connection connection, String condition, WaveId wave, Object... parameters)
      throws SQLException {
    if (!ScanSchema.exists(connection)) {
      return Optional.empty();
    }
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT * FROM veer.difference WHERE migration = ? AND wave = ? AND "
                + condition
                + " ORDER BY id DESC LIMIT 1")) {
      List<Object> all = new ArrayList<>(List.of(wave.migration(), wave.wave()));
      all.addAll(List.of(parameters));
      RecordSql.set(query, all.toArray());
      try (ResultSet row = query.executeQuery()) {
        return row.next() ? Optional.of(record(row)) : Optional.empty();
      }
    }
  }

  private static DifferenceRecord record(ResultSet row) throws SQLException {
    return new DifferenceRecord(
        row.getLong("id"),
        new TableId(row.getString("table_schema"), row.getString("table_name")),
        new RowKey(JsonTexts.read(row.getString("key_text"))),
        row.getString("key_digest"),
        Difference.Kind.valueOf(row.getString("kind")),
        JsonTexts.read(row.getString("columns")),
        row.getLong("scan"),
        Position.parse(row.getString("source_position")),
        Position.parse(row.getString("target_position")),
        Objects.requireNonNull(RecordSql.instant(row, "found_at")),
        Objects.requireNonNull(RecordSql.instant(row, "last_seen_at")),
        State.valueOf(row.getString("state")),
        row.getString("culprit"),
        row.getString("blame"),
        row.getString("closed_by"),
        RecordSql.instant(row, "closed_at"));
  }
}
