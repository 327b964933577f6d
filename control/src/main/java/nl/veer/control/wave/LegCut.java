package nl.veer.control.wave;

import java.util.Objects;
import nl.veer.connectors.event.Position;
import nl.veer.replicator.stamp.Stamp;

/**
 * Where a leg begins: behind this transaction of its own log, at which both sides were equal.
 *
 * @param transaction its number in the leg's log
 * @param position its commit on the side that the leg comes from
 */
public record LegCut(long transaction, Position position) {

  /** As a leg's stamp says it while nothing behind it is applied. */
  static LegCut of(Stamp stamp) {
    return new LegCut(stamp.transaction(), Objects.requireNonNull(stamp.position()));
  }
}
