package nl.veer.verifier.record;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import nl.veer.connectors.event.WaveId;
import nl.veer.verifier.verdict.WaveVerdict;
import org.jspecify.annotations.Nullable;

/** A wave's verdict for whoever asks: made anew of what is on record, whoever keeps it or not. */
public final class Verdicts {
  private Verdicts() {}

  /**
   * What is known now; empty if no verifier has kept anything.
   *
   * @param ledger whether there shall be one
   * @param bound a ledger that is further behind says nothing of now
   */
  public static Optional<WaveVerdict> now(
      Connection connection, WaveId wave, boolean ledger, Duration bound) throws SQLException {
    return ScanSchema.exists(connection)
        ? Optional.of(VerdictFacts.judge(connection, wave, ledger, bound))
        : Optional.empty();
  }

  /**
   * What was known when the wave's roles ended, for one that is over: that no process keeps its
   * ledger any more does not matter, as long as that was near when it ended. It holds at the
   * position that it names, and of nothing behind it anything is said.
   *
   * @param bound a ledger that was further behind the source, or behind what was applied, says
   *     nothing
   */
  public static Optional<WaveVerdict> atTheEnd(
      Connection connection, WaveId wave, boolean ledger, Duration bound) throws SQLException {
    return ScanSchema.exists(connection)
        ? Optional.of(VerdictFacts.judgeTheEnd(connection, wave, ledger, bound))
        : Optional.empty();
  }

  /**
   * The last changes of a verdict, the oldest first.
   *
   * @param table {@code schema.table}; null for the whole wave
   */
  public static List<VerdictRecord> history(
      Connection connection, WaveId wave, @Nullable String table, int limit) throws SQLException {
    return ScanSchema.exists(connection)
        ? VerdictSql.history(connection, wave, table, limit)
        : List.of();
  }
}
