package nl.veer.verifier.scan;

import java.time.Duration;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.verifier.scan.postgres.ScanTable;
import nl.veer.verifier.verdict.Cuts;

/**
 * For two sides that stand still, of which nothing is on its way to the other: every row is
 * settled. One that differs at two looks differs.
 */
public final class StillSettlement implements Settlement {
  private static final Duration PAUSE = Duration.ofMillis(50);

  @Override
  public Look look(ScanTable table, Cuts cuts, StopSignal stop) {
    return (key, before, now) -> true;
  }

  @Override
  public boolean standsStill() {
    return true;
  }

  @Override
  public Duration pause() {
    return PAUSE;
  }
}
