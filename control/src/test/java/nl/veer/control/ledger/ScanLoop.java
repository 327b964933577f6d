package nl.veer.control.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import nl.veer.control.crossing.CrossingWorld;
import nl.veer.control.crossing.WaveScan;
import nl.veer.control.wave.Migration;
import nl.veer.verifier.verdict.ScanStatement;
import nl.veer.verifier.verdict.TableStatement;
import org.jspecify.annotations.Nullable;

/** Scans a world's wave again and again, until it is ended. */
final class ScanLoop implements AutoCloseable {
  private final CrossingWorld world;
  private final Migration migration;
  private final List<TableStatement> differing = new ArrayList<>();
  private final Thread thread = new Thread(this::work, "scan loop");
  private volatile boolean over;
  private int scans;
  private @Nullable Throwable failure;

  private ScanLoop(CrossingWorld world, Migration migration) {
    this.world = world;
    this.migration = migration;
  }

  static ScanLoop start(CrossingWorld world) throws SQLException {
    ScanLoop loop = new ScanLoop(world, world.migration());
    loop.thread.start();
    return loop;
  }

  private void work() {
    try {
      while (!over) {
        for (TableStatement table : WaveScan.of(world, migration).tables()) {
          if (table.differing() > 0) {
            differing.add(table);
          }
        }
        scans++;
      }
    } catch (RuntimeException | Error e) {
      failure = e;
    }
  }

  /**
   * Ends the loop after its scan.
   *
   * @return how many there were; none has found a difference
   */
  int endWithoutADifference() throws InterruptedException {
    over = true;
    thread.join(CrossingWorld.PATIENCE.toMillis());
    assertThat(thread.isAlive()).as("the scan goes on").isFalse();
    if (failure != null) {
      throw new AssertionError("A scan failed", failure);
    }
    assertThat(differing).isEmpty();
    return scans;
  }

  /** A last look, at a wave at rest. */
  ScanStatement last() {
    return WaveScan.of(world, migration);
  }

  @Override
  public void close() {
    over = true;
  }
}
