package nl.veer.control.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import nl.veer.connectors.event.LsnPosition;
import nl.veer.connectors.event.Position;
import nl.veer.control.crossing.CrossingWorld;
import nl.veer.control.crossing.RoleHome;
import nl.veer.control.crossing.RoleProcess;
import nl.veer.control.crossing.Shore;
import nl.veer.control.wave.Role;
import nl.veer.verifier.ledger.Balanced;
import nl.veer.verifier.ledger.LedgerCheckpoint;
import nl.veer.verifier.record.FindingRecord;
import nl.veer.verifier.record.FindingRecords;
import nl.veer.verifier.record.LedgerStore;
import nl.veer.verifier.record.LedgerView;

/** A wave's three roles as processes, which a test kills and starts again. */
final class Verified {
  /** Of a home whose roles make and read an echo. */
  static final String CONFIGURED = "tuning: {heartbeat: 200ms}\nverification: {ledger: true}\n";

  private final CrossingWorld world;
  private final RoleHome home;
  private final RoleProcess capture;
  private RoleProcess replicator;
  private RoleProcess verifier;

  Verified(CrossingWorld world, RoleHome home) {
    this.world = world;
    this.home = home;
    this.capture = home.start(Role.CAPTURE);
    this.replicator = home.start(Role.REPLICATE);
    this.verifier = home.start(Role.VERIFY);
  }

  void killReplicator() {
    replicator.kill9();
    replicator = home.start(Role.REPLICATE);
  }

  void killVerifier() {
    verifier.kill9();
    verifier = home.start(Role.VERIFY);
  }

  /** Those that shall be alive. */
  RoleProcess[] all() {
    return new RoleProcess[] {capture, replicator, verifier};
  }

  /** Until all that the source has committed before this call was weighed. */
  void awaitBalanced() throws SQLException {
    Shore shore = new Shore(world);
    LsnPosition behind = world.mark();
    shore.awaitApplied(all());
    while (!isBeyond(behind)) {
      Optional<Position> before = balanced();
      // As long as it goes on, however slowly, it is waited for.
      shore.await(
          "the ledger to go on", () -> isBeyond(behind) || !balanced().equals(before), all());
    }
  }

  private boolean isBeyond(Position place) {
    return balanced().filter(position -> position.isAfter(place)).isPresent();
  }

  /** Up to where the source's changes are balanced. */
  Optional<Position> balanced() {
    return checkpoint().map(LedgerCheckpoint::balanced).map(Balanced::position);
  }

  Optional<LedgerCheckpoint> checkpoint() {
    try (Connection target = world.target()) {
      return LedgerStore.view(target, world.wave).map(LedgerView::checkpoint);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  List<FindingRecord> findings() throws SQLException {
    try (Connection target = world.target()) {
      return FindingRecords.read(target, world.wave, null, 1_000);
    }
  }
}
