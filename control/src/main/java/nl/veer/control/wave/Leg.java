package nl.veer.control.wave;

import java.util.List;
import nl.veer.connectors.dialect.SourceConnections;
import nl.veer.connectors.dialect.TargetConnections;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.WaveId;

/**
 * One direction of a wave's crossing. Legs of even number go from the configured source to the
 * configured target, odd ones the other way round. For all that carries and proves it, a leg is a
 * wave of its own, whose records stand on the side that it goes to.
 *
 * @param wave the leg's own id
 * @param home the wave as it is configured
 * @param from the side that applications write to while it is active
 * @param to the side that follows
 */
public record Leg(
    WaveId wave,
    WaveId home,
    int number,
    SourceConnections from,
    TargetConnections to,
    List<TableId> tables) {

  public Leg {
    tables = List.copyOf(tables);
  }

  /** The word for the configured side that it comes from: {@code source} or {@code target}. */
  public String fromWord() {
    return number % 2 == 0 ? "source" : "target";
  }

  /** The word for the configured side that it goes to. */
  public String toWord() {
    return number % 2 == 0 ? "target" : "source";
  }

  /** A wave's leg of this number. */
  static Leg of(Migration migration, WaveId home, int number) {
    boolean out = number % 2 == 0;
    return new Leg(
        home.leg(number),
        home,
        number,
        out ? migration.source() : migration.target().asSource(),
        out ? migration.target() : migration.source().asTarget(),
        migration.waves().getOrDefault(home, List.of()));
  }

  /** The same wave's leg of another number. */
  Leg next() {
    return new Leg(home.leg(number + 1), home, number + 1, to.asSource(), from.asTarget(), tables);
  }

  /** The one before; there is none before the first. */
  Leg before() {
    return new Leg(home.leg(number - 1), home, number - 1, to.asSource(), from.asTarget(), tables);
  }
}
