package nl.veer.control.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import nl.veer.connectors.event.LsnPosition;
import nl.veer.control.config.VerificationConfig;
import nl.veer.control.crossing.Crossing;
import nl.veer.control.crossing.CrossingWorld;
import nl.veer.control.status.LedgerFigures;
import nl.veer.control.wave.Migration;
import nl.veer.control.wave.OpenLog;
import nl.veer.control.wave.Role;
import nl.veer.verifier.record.FindingRecord;
import nl.veer.verifier.record.LedgerStore;

/** A world's crossing with its ledger. */
final class BalancedCrossing {
  private static final int ALL = 1_000;

  private final CrossingWorld world;
  private final Path data;
  private Crossing crossing;

  private BalancedCrossing(CrossingWorld world, Path data) throws SQLException {
    this.world = world;
    this.data = data;
    this.crossing = started(world, data);
  }

  /** Begins the crossing and waits until it is live. */
  static BalancedCrossing begin(CrossingWorld world, Path data) throws SQLException {
    BalancedCrossing begun = new BalancedCrossing(world, data);
    begun.crossing.awaitReplicating();
    return begun;
  }

  private static Crossing started(CrossingWorld world, Path data) throws SQLException {
    Migration plain = world.migration();
    return world.begin(
        Role.RUN,
        new Migration(
            plain.source(),
            plain.target(),
            plain.waves(),
            plain.tuning(),
            VerificationConfig.of(true, false),
            data),
        log());
  }

  static OpenLog log() {
    return OpenLog.at(CrossingWorld.sandbox().kafka(), CrossingWorld.sandbox().registry());
  }

  /** Ends all roles and begins them anew. */
  void restart() throws SQLException {
    end();
    crossing = started(world, data);
    crossing.awaitReplicating();
  }

  /** Ends all roles. */
  void end() {
    crossing.close();
  }

  Crossing crossing() {
    return crossing;
  }

  LedgerFigures figures() {
    LedgerFigures figures = crossing.status().ledger();
    assertThat(figures).isNotNull();
    return figures;
  }

  /** Until all that the source has committed before this call was weighed. */
  void awaitBalanced() throws SQLException {
    LsnPosition behind = world.mark();
    crossing.await("the ledger of the source's last commit", () -> isBalanced(behind));
  }

  private boolean isBalanced(LsnPosition behind) {
    LedgerFigures figures = crossing.status().ledger();
    if (figures == null) {
      return false;
    }
    assertThat(figures.state()).as(figures.failure()).isNotEqualTo(LedgerFigures.State.FAILED);
    String position = figures.balancedPosition();
    return position != null && LsnPosition.parse(position).isAfter(behind);
  }

  /** What is on record, oldest first. */
  List<FindingRecord> findings() throws SQLException {
    try (Connection target = world.target()) {
      return LedgerStore.findings(target, world.wave, null, ALL);
    }
  }
}
