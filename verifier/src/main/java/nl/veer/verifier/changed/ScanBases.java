package nl.veer.verifier.changed;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import nl.veer.connectors.event.TransactionEnd;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.connectors.log.LogReader;
import nl.veer.verifier.record.ScanBase;

/** Tells the scans that a proof may rest on from those that it may not. Stateless. */
public final class ScanBases {
  /** A capture that has begun writes a heartbeat within a second or so. */
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private ScanBases() {}

  /**
   * Those of the scans that compared what would be compared now, and behind which both logs still
   * have everything.
   */
  public static List<ScanBase> good(
      ChangeGround ground, Collection<ScanBase> bases, StopSignal stop) {
    if (bases.isEmpty()) {
      return List.of();
    }
    Optional<TransactionEnd> log = first(ground.log().get(), stop);
    Optional<TransactionEnd> echo = first(ground.echo().get(), stop);
    MatchedTables matched = MatchedTables.read(ground);
    List<ScanBase> good = new ArrayList<>();
    for (ScanBase base : bases) {
      boolean whole =
          log.filter(end -> end.place().transaction() <= base.transaction()).isPresent()
              && echo.filter(end -> !end.position().isAfter(base.onTarget().position()))
                  .isPresent();
      if (whole && matched.isAlike(base)) {
        good.add(base);
      }
    }
    return good;
  }

  private static Optional<TransactionEnd> first(LogReader reader, StopSignal stop) {
    try (reader) {
      return new LogReach(reader, stop).first(PATIENCE);
    }
  }
}
