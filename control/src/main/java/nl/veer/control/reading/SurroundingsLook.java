package nl.veer.control.reading;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import nl.veer.connectors.dialect.TargetConnections;
import nl.veer.connectors.dialect.postgres.PostgresProgress;
import nl.veer.connectors.dialect.postgres.PostgresSessions;
import nl.veer.connectors.dialect.postgres.PostgresSlotRetention;
import nl.veer.connectors.event.Position;
import nl.veer.connectors.event.WaveId;
import nl.veer.control.cutover.Attempt;
import nl.veer.control.cutover.CutoverStore;
import nl.veer.control.forecast.SlotTrend;
import nl.veer.control.wave.Leg;
import nl.veer.replicator.stamp.StampStore;
import org.jspecify.annotations.Nullable;

/** Asks the two databases of a wave. Owned by one thread. */
final class SurroundingsLook implements AutoCloseable {
  private final TargetConnections home;
  private final SideSessions sessions = new SideSessions();

  /** What each slot can still take, by its name. */
  private final Map<String, SlotTrend> safe = new HashMap<>();

  SurroundingsLook(TargetConnections home) {
    this.home = home;
  }

  void begin() {
    sessions.begin();
  }

  /**
   * @param seconds now, on a clock that never goes back
   */
  Surroundings look(Leg leg, double seconds) {
    WaveId wave = leg.wave();
    Position end = sessions.ask(leg.from(), PostgresProgress::end);
    PostgresSlotRetention log =
        sessions.ask(
            leg.from(), open -> PostgresSlotRetention.find(open, wave.slot()).orElse(null));
    PostgresSlotRetention echo =
        sessions.ask(
            leg.to(), open -> PostgresSlotRetention.find(open, wave.echo().slot()).orElse(null));
    Boolean replicating =
        sessions.ask(
            leg.to(),
            open ->
                PostgresSessions.anyFor(
                    open, List.of(StampStore.applyPurpose(wave), StampStore.loadPurpose(wave))));
    List<Attempt> attempts = sessions.ask(home, open -> CutoverStore.all(open, leg.home()));
    return new Surroundings(
        end,
        slot(wave.slot(), log, seconds),
        slot(wave.echo().slot(), echo, seconds),
        replicating,
        attempts == null ? null : attempts.stream().findFirst().orElse(null),
        !sessions.isSilent(leg.from().endpoint().url())
            && !sessions.isSilent(leg.to().endpoint().url()));
  }

  private @Nullable SlotReading slot(
      String name, @Nullable PostgresSlotRetention found, double seconds) {
    if (found == null) {
      return null;
    }
    return new SlotReading(
        name,
        found.active(),
        found.lost(),
        found.retainedBytes(),
        found.safeBytes(),
        safe.computeIfAbsent(name, any -> new SlotTrend())
            .see(seconds, found.lost(), found.safeBytes()));
  }

  /** Forgets the slots of waves that are not here any more. */
  void keepOnly(Set<String> slots) {
    safe.keySet().retainAll(slots);
  }

  /** The names of a leg's slots. */
  static List<String> slots(Leg leg) {
    return List.of(leg.wave().slot(), leg.wave().echo().slot());
  }

  /** The last attempt, if it goes on. */
  static Optional<Attempt> running(Surroundings around) {
    return Optional.ofNullable(around.attempt()).filter(attempt -> !attempt.isFinished());
  }

  @Override
  public void close() {
    sessions.close();
  }
}
