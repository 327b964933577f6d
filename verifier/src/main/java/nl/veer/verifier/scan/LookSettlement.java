package nl.veer.verifier.scan;

import java.time.Duration;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.verifier.scan.postgres.ScanTable;
import nl.veer.verifier.verdict.Cuts;

/**
 * For two databases without a log between them: a row is settled if neither side changed it between
 * two looks. A row that is changed to and fro with the looks' own rhythm would deceive it, so it
 * has to hold for one look more before anything is said (see {@link Candidates}).
 */
public final class LookSettlement implements Settlement {
  private final Duration pause;

  public LookSettlement(Duration pause) {
    this.pause = pause;
  }

  @Override
  public Look look(ScanTable table, Cuts cuts, StopSignal stop) {
    return (key, before, now) -> now.equals(before);
  }

  @Override
  public Duration pause() {
    return pause;
  }
}
