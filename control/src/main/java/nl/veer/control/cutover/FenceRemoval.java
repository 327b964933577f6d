package nl.veer.control.cutover;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import nl.veer.connectors.dialect.SourceConnections;
import nl.veer.connectors.dialect.TargetConnections;
import nl.veer.connectors.dialect.postgres.PostgresFailures;
import nl.veer.connectors.event.WaveId;
import nl.veer.control.config.VeerConfig;

/**
 * What becomes of the fences that stand since a wave was moved, when that wave is removed: with its
 * records the plans go by which they are lowered. Each call may be repeated.
 */
public final class FenceRemoval {
  private static final Duration ANSWER = Duration.ofSeconds(30);

  private FenceRemoval() {}

  /** The sides on which one stands, with its plan; none where none was ever raised. */
  public static Map<FenceSide, String> standing(Connection home, WaveId wave) throws SQLException {
    Map<FenceSide, String> plans = new LinkedHashMap<>();
    if (!CutoverSchema.exists(home)) {
      return plans;
    }
    try (PreparedStatement query =
        home.prepareStatement(
            "SELECT side, plan FROM veer.fence WHERE migration = ? AND wave = ? ORDER BY side")) {
      CutoverSql.set(query, wave.migration(), wave.wave());
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          plans.put(FenceSide.of(row.getString(1)), row.getString(2));
        }
      }
    }
    return plans;
  }

  /** Forgets their plans and leaves them standing. */
  public static void forget(Connection home, WaveId wave) throws SQLException {
    if (CutoverSchema.exists(home)) {
      CutoverSql.update(
          home,
          "DELETE FROM veer.fence WHERE migration = ? AND wave = ?",
          wave.migration(),
          wave.wave());
    }
  }

  /** Lowers them all, and forgets their plans. */
  public static void lower(VeerConfig config, WaveId wave) {
    SourceConnections source = new SourceConnections(config.source().endpoint());
    TargetConnections target = new TargetConnections(config.target().endpoint());
    try (Connection home = target.openBounded(wave + " fence removal", ANSWER)) {
      for (Map.Entry<FenceSide, String> fence : standing(home, wave).entrySet()) {
        try (Connection side =
            fence.getKey() == FenceSide.SOURCE
                ? source.openBounded(wave + " fence removal", ANSWER)
                : target.openBounded(wave + " fence removal", ANSWER)) {
          Fences.lower(side, fence.getValue(), config.cutover(), wave, fence.getKey());
        }
        CutoverSql.update(
            home,
            "DELETE FROM veer.fence WHERE migration = ? AND wave = ? AND side = ?",
            wave.migration(),
            wave.wave(),
            fence.getKey().word());
      }
    } catch (SQLException e) {
      throw PostgresFailures.target(e, "lowering the fences of wave " + wave.wave());
    }
  }
}
