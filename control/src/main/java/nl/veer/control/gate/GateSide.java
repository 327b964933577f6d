package nl.veer.control.gate;

import java.util.List;
import nl.veer.connectors.dialect.SourceConnections;
import nl.veer.connectors.dialect.TargetConnections;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.WaveId;
import nl.veer.control.wave.Leg;
import nl.veer.control.wave.Migration;

/**
 * The leg whose gate is asked for: which way it goes, and where its records are.
 *
 * @param leg the leg's own id; on the first leg that of the wave
 * @param wave as configured
 * @param number of the leg, from 0
 * @param active the side that applications write to
 * @param passive the side that follows, with the leg's records
 * @param home the configured target, with what belongs to the wave as a whole
 */
public record GateSide(
    WaveId leg,
    WaveId wave,
    int number,
    SourceConnections active,
    TargetConnections passive,
    TargetConnections home,
    List<TableId> tables) {

  public GateSide {
    tables = List.copyOf(tables);
  }

  /** The wave's first leg, from the configured source to the configured target. */
  public static GateSide first(Migration migration, WaveId wave) {
    return new GateSide(
        wave,
        wave,
        0,
        migration.source(),
        migration.target(),
        migration.target(),
        migration.waves().getOrDefault(wave, List.of()));
  }

  /** The leg that a wave is on. */
  public static GateSide of(Migration migration, Leg leg) {
    return new GateSide(
        leg.wave(),
        leg.home(),
        leg.number(),
        leg.from(),
        leg.to(),
        migration.target(),
        leg.tables());
  }

  /** The slot that the way back's capture will have on the passive side. */
  String reverseSlot() {
    return "veer_%s__%d%s".formatted(wave.migration(), number + 1, wave.wave());
  }

  /** The slot that the way back's echo will have on the active side. */
  String reverseEchoSlot() {
    return reverseSlot() + "__echo";
  }
}
