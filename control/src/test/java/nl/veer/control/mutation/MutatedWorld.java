package nl.veer.control.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import nl.veer.connectors.event.LsnPosition;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.control.config.VerificationConfig;
import nl.veer.control.crossing.Crossing;
import nl.veer.control.crossing.CrossingWorld;
import nl.veer.control.crossing.Shore;
import nl.veer.control.crossing.WaveScan;
import nl.veer.control.mending.Blaming;
import nl.veer.control.mending.WaveDifferences;
import nl.veer.control.status.LedgerFigures;
import nl.veer.control.wave.Migration;
import nl.veer.control.wave.OpenLog;
import nl.veer.control.wave.Role;
import nl.veer.verifier.record.FindingRecord;
import nl.veer.verifier.record.LedgerStore;
import nl.veer.verifier.verdict.ScanStatement;

/**
 * A world whose wave is carried and verified by Veer, but for the replicator, which reads what it
 * is told to, and the capture, which can be away. Owned by the test's thread.
 */
final class MutatedWorld implements AutoCloseable {
  private static final int ALL = 1_000;

  private final CrossingWorld world;
  private final Migration migration;
  private final OpenLog log =
      OpenLog.at(CrossingWorld.sandbox().kafka(), CrossingWorld.sandbox().registry());
  private final BentReplicator replicator;
  private final Crossing verifier;
  private Crossing capture;

  private MutatedWorld(CrossingWorld world, Path data, Bends bends) throws SQLException {
    this.world = world;
    this.migration = verified(world.migration(), data);
    try (Crossing loading = world.begin(Role.RUN, migration, log)) {
      loading.awaitReplicating();
      loading.awaitApplied();
    }
    this.capture = world.begin(Role.CAPTURE, migration, log);
    this.verifier = world.begin(Role.VERIFY, migration, log);
    this.replicator = BentReplicator.start(world, migration, log, bends);
  }

  /** Loads the wave, makes its echo, and begins to carry and to verify. */
  static MutatedWorld begin(CrossingWorld world, Path data, Bends bends) throws SQLException {
    return new MutatedWorld(world, data, bends);
  }

  private static Migration verified(Migration plain, Path data) {
    return new Migration(
        plain.source(),
        plain.target(),
        plain.waves(),
        plain.tuning(),
        VerificationConfig.of(true, false),
        data);
  }

  /** The capture goes; what is to be done meanwhile; the next one comes. */
  void whileTheCaptureIsAway(Deed deed) throws SQLException {
    new Shore(world).awaitApplied();
    capture.close();
    deed.withLog(new ForgedLog(world, log));
    capture = world.begin(Role.CAPTURE, migration, log);
  }

  /** Something done to the log. */
  interface Deed {
    void withLog(ForgedLog log) throws SQLException;
  }

  /** Until all that the source has committed before this call was applied and weighed. */
  void awaitBalanced() throws SQLException {
    LsnPosition behind = world.mark();
    CrossingWorld.await("the ledger of the source's last commit", () -> isBalanced(behind));
  }

  private boolean isBalanced(LsnPosition behind) {
    replicator.assertWell();
    LedgerFigures figures = verifier.status().ledger();
    if (figures == null) {
      return false;
    }
    assertThat(figures.state()).as(figures.failure()).isNotEqualTo(LedgerFigures.State.FAILED);
    String position = figures.balancedPosition();
    return position != null && LsnPosition.parse(position).isAfter(behind);
  }

  /** What the ledger has on record, oldest first. */
  List<FindingRecord> findings() throws SQLException {
    try (Connection target = world.target()) {
      return LedgerStore.findings(target, world.wave, null, ALL);
    }
  }

  ScanStatement scan() {
    return WaveScan.of(world, migration);
  }

  /** A scan whose word is kept. */
  ScanStatement scanOnRecord() {
    return WaveScan.onRecord(world, migration, List.of());
  }

  /** Asks who has done what is on record. */
  WaveDifferences blamed() throws SQLException {
    new Blaming(world.wave, migration, () -> log, new StopSignal(), (topic, done, all) -> {})
        .run(onRecord());
    return onRecord();
  }

  private WaveDifferences onRecord() throws SQLException {
    try (Connection target = world.target()) {
      return WaveDifferences.read(target, world.wave, null, ALL, false);
    }
  }

  @Override
  public void close() throws InterruptedException {
    replicator.close();
  }
}
