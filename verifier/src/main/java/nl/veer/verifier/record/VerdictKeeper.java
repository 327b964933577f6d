package nl.veer.verifier.record;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import nl.veer.connectors.dialect.TargetConnections;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.Failure;
import nl.veer.verifier.verdict.TableVerdict;
import nl.veer.verifier.verdict.VerdictChange;
import nl.veer.verifier.verdict.VerdictChange.Said;
import nl.veer.verifier.verdict.WaveVerdict;
import org.jspecify.annotations.Nullable;

/**
 * Writes the history of a wave's verdicts: a row for every change of word or reason, with what
 * changed it. Several may do so at once: each compares with what was written last. Owned by one
 * thread.
 */
public final class VerdictKeeper implements AutoCloseable {
  private final RecordSession session;
  private final WaveId wave;
  private final boolean ledger;
  private final Duration bound;
  private boolean made;

  /**
   * @param ledger whether there shall be one
   * @param bound a ledger that is further behind says nothing of now
   */
  public VerdictKeeper(TargetConnections target, WaveId wave, boolean ledger, Duration bound) {
    this.session = new RecordSession(target, wave + " verdict");
    this.wave = wave;
    this.ledger = ledger;
    this.bound = bound;
  }

  /**
   * Makes the verdict, and keeps what has changed.
   *
   * @throws Failure TRANSIENT, CONFIGURATION as the target says
   */
  public WaveVerdict keep() {
    WaveVerdict now = session.ask("keeping the verdict of wave " + wave, this::keep);
    made = true;
    return now;
  }

  private WaveVerdict keep(Connection connection) throws SQLException {
    if (!made) {
      RecordSchema.make(connection);
    }
    VerdictSql.lock(connection, wave);
    WaveVerdict now = VerdictFacts.judge(connection, wave, ledger, bound);
    Map<Optional<TableId>, Said> last = VerdictSql.last(connection, wave);
    String changed = null;
    boolean decisive = false;
    for (TableVerdict table : now.tables()) {
      String by = changed(connection, table, last.get(Optional.of(table.table())));
      boolean decides = table.verdict().word().equals(now.verdict().word());
      if (by != null && (changed == null || decides && !decisive)) {
        changed = by;
        decisive = decides;
      }
    }
    Said before = last.get(Optional.<TableId>empty());
    if (before == null || !before.is(now.verdict())) {
      String by = changed == null ? now.because() : changed;
      VerdictSql.write(connection, wave, null, now.verdict(), now.position(), by);
    }
    return now;
  }

  /** What has changed it; null if nothing has. */
  private @Nullable String changed(Connection connection, TableVerdict table, @Nullable Said before)
      throws SQLException {
    if (before != null && before.is(table.verdict())) {
      return null;
    }
    String by = VerdictChange.by(before, table.verdict(), table.because(), table.closedBy());
    VerdictSql.write(connection, wave, table.table(), table.verdict(), table.position(), by);
    return by;
  }

  @Override
  public void close() {
    session.close();
  }
}
