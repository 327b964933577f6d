package nl.veer.control.dashboard.live;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.WaveId;
import org.jspecify.annotations.Nullable;

/**
 * How many rows per second are written to a wave's tables on the target, whoever writes them: from
 * PostgreSQL's own counts, at two readings. It costs no role anything. A batch counts as what it
 * writes: a row that the source changed ten times within it is written once. Safe for use by
 * several threads.
 */
final class WriteRates {
  /** PostgreSQL's counts come in about once a second; nearer readings say little. */
  private static final Duration NEAR = Duration.ofSeconds(2);

  /** A rate over a longer time says nothing of now. */
  private static final Duration FAR = Duration.ofMinutes(2);

  private static final double MILLIS = 1_000;

  /**
   * A load's own rows are no changes: they are counted a moment after it is complete. What is
   * written to a partitioned table is counted at its partitions.
   */
  private static final String COUNTS =
      """
      SELECT l.table_schema, l.table_name, clock_timestamp() AS now, l.completed_at::text AS load,
        (SELECT sum(pg_catalog.pg_stat_get_tuples_inserted(part.id)
                  + pg_catalog.pg_stat_get_tuples_updated(part.id)
                  + pg_catalog.pg_stat_get_tuples_deleted(part.id))
         FROM (SELECT c.oid UNION SELECT relid FROM pg_catalog.pg_partition_tree(c.oid))
              AS part(id)) AS writes
      FROM veer.load l
      JOIN pg_catalog.pg_namespace n ON n.nspname = l.table_schema
      JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = l.table_name
      WHERE l.migration = ? AND l.wave = ? AND l.state = 'COMPLETE'
        AND l.completed_at < clock_timestamp() - interval '3 seconds'
      """;

  /** One per leg that was ever asked for; guarded by this. */
  private final Map<WaveId, Known> known = new HashMap<>();

  /**
   * How often a table was written.
   *
   * @param load which load it is of
   */
  record Count(String load, long writes) {}

  /**
   * What was counted at a moment.
   *
   * @param at by the target's clock; null if there was no table
   */
  record Reading(@Nullable Instant at, Map<TableId, Count> counts) {}

  private record Known(Reading reading, Map<TableId, Double> rates) {}

  /** Rows per second, of the tables of which they are known. */
  Map<TableId, Double> read(Connection connection, WaveId wave) throws SQLException {
    return known(wave, counts(connection, wave));
  }

  synchronized Map<TableId, Double> known(WaveId wave, Reading now) {
    Known before = known.get(wave);
    if (before != null && isNear(before.reading.at, now.at)) {
      return before.rates;
    }
    Known next = new Known(now, before == null ? Map.of() : between(before.reading, now));
    known.put(wave, next);
    return next.rates;
  }

  private static boolean isNear(@Nullable Instant before, @Nullable Instant now) {
    return before != null && now != null && Duration.between(before, now).abs().compareTo(NEAR) < 0;
  }

  private static Map<TableId, Double> between(Reading before, Reading now) {
    Map<TableId, Double> rates = new HashMap<>();
    if (before.at == null || now.at == null) {
      return rates;
    }
    Duration apart = Duration.between(before.at, now.at);
    if (apart.isNegative() || apart.isZero() || apart.compareTo(FAR) > 0) {
      return rates;
    }
    now.counts.forEach(
        (table, count) -> {
          Count then = before.counts.get(table);
          // Fewer than before: PostgreSQL has begun to count anew.
          if (then != null && then.load.equals(count.load) && count.writes >= then.writes) {
            rates.put(table, (count.writes - then.writes) * MILLIS / apart.toMillis());
          }
        });
    return rates;
  }

  private static Reading counts(Connection connection, WaveId wave) throws SQLException {
    Map<TableId, Count> counts = new HashMap<>();
    Instant at = null;
    try (PreparedStatement query = connection.prepareStatement(COUNTS)) {
      query.setString(1, wave.migration());
      query.setString(2, wave.wave());
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          at = at == null ? row.getTimestamp("now").toInstant() : at;
          counts.put(
              new TableId(row.getString("table_schema"), row.getString("table_name")),
              new Count(row.getString("load"), row.getLong("writes")));
        }
      }
    }
    return new Reading(at, counts);
  }
}
