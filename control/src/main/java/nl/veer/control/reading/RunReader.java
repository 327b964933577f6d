package nl.veer.control.reading;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import nl.veer.connectors.event.WaveId;
import nl.veer.control.forecast.LagTrend;
import nl.veer.control.reading.RoleReading.Seen;
import nl.veer.control.status.LiveStatus;
import nl.veer.control.status.RoleFigures;
import nl.veer.control.status.SlotFigures;
import nl.veer.control.status.WaveStatus;
import nl.veer.control.wave.Migration;
import nl.veer.control.wave.MigrationRun;
import nl.veer.control.wave.RoleThread;
import nl.veer.control.wave.WaveRun;
import org.jspecify.annotations.Nullable;

/**
 * Reads a run: its roles' own words and threads, and what the databases say. Remembers what a
 * forecast and a "since" need, of the legs that run now only. Owned by one thread.
 */
public final class RunReader implements ReadingSource {
  /** A wave that has caught up is a heartbeat behind; the next beat may be on its way. */
  private static final int CAUGHT_UP_BEATS = 2;

  private static final double NANOS_PER_SECOND = 1e9;

  private final String name;
  private final Migration migration;
  private final MigrationRun run;
  private final Clock clock;
  private final LongSupplier nanoTime;
  private final SurroundingsLook around;
  private final Map<WaveId, Memory> memories = new HashMap<>();
  private final UnheardWaves unheard = new UnheardWaves();

  /** What is remembered of a leg. */
  private record Memory(RoleHistory roles, LagTrend lag) {}

  /**
   * @param name of the migration
   */
  public RunReader(String name, Migration migration, MigrationRun run) {
    this.name = name;
    this.migration = migration;
    this.run = run;
    this.clock = Clock.systemUTC();
    this.nanoTime = System::nanoTime;
    this.around = new SurroundingsLook(migration.target());
  }

  @Override
  public MigrationReading read() {
    Instant at = clock.instant();
    around.begin();
    Map<WaveId, WaveReading> heard = new HashMap<>();
    Set<WaveId> legs = new HashSet<>();
    Set<String> slots = new HashSet<>();
    for (WaveRun wave : run.waves()) {
      heard.put(wave.leg().home(), read(wave, at));
      legs.add(wave.wave());
      slots.addAll(SurroundingsLook.slots(wave.leg()));
    }
    memories.keySet().retainAll(legs);
    around.keepOnly(slots);
    return new MigrationReading(
        name,
        at,
        run.followerSilence(),
        unheard.fill(migration.waves().keySet(), heard, at),
        run.failure().orElse(null));
  }

  private WaveReading read(WaveRun wave, Instant now) {
    double seconds = nanoTime.getAsLong() / NANOS_PER_SECOND;
    Memory memory =
        memories.computeIfAbsent(wave.wave(), any -> new Memory(new RoleHistory(), new LagTrend()));
    Surroundings sides = around.look(wave.leg(), seconds);
    RoleWords words = RoleWords.of(wave);
    WaveStatus status =
        LiveStatus.of(wave, sides.sourceEnd())
            .with(run.words(wave).stream().map(RoleFigures::here).toList(), slot(sides.logSlot()));
    return new WaveReading(
        status,
        words,
        memory.roles().now(roles(wave.threads(), words, sides), now),
        sides,
        memory
            .lag()
            .see(seconds, status.lagMillis(), CAUGHT_UP_BEATS * wave.heartbeat().toMillis()),
        null);
  }

  private static @Nullable SlotFigures slot(@Nullable SlotReading slot) {
    return slot == null
        ? null
        : new SlotFigures(slot.active(), slot.lost(), slot.retainedBytes(), slot.safeBytes());
  }

  private List<Seen> roles(List<RoleThread> threads, RoleWords words, Surroundings sides) {
    List<Seen> roles = new ArrayList<>();
    threads.forEach(
        thread ->
            roles.add(RoleLook.here(thread.role(), thread.isRunning(), thread.failure(), words)));
    roles.addAll(RoleLook.elsewhere(threads, sides, migration.verification().ledger()));
    return roles;
  }

  @Override
  public void close() {
    around.close();
  }
}
