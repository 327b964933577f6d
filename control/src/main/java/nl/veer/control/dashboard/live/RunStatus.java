package nl.veer.control.dashboard.live;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import nl.veer.connectors.event.Position;
import nl.veer.control.reading.MigrationReading;
import nl.veer.control.reading.Readings;
import nl.veer.control.reading.WaveReading;
import nl.veer.control.status.LiveStatus;
import nl.veer.control.status.MigrationStatus;
import nl.veer.control.status.RoleFigures;
import nl.veer.control.status.SlotFigures;
import nl.veer.control.status.SourceEnds;
import nl.veer.control.status.WaveStatus;
import nl.veer.control.wave.Leg;
import nl.veer.control.wave.MigrationRun;
import nl.veer.control.wave.WaveRun;
import org.jspecify.annotations.Nullable;

/**
 * The status of the waves whose roles run in this process, from what those say, without the way
 * through the status topic: all that is asked is the end of the source's WAL. The rest comes from
 * the readings that the process makes anyway. Safe for use by several threads, one at a time.
 */
public final class RunStatus implements StatusSource, AutoCloseable {
  private final String migration;
  private final MigrationRun run;
  private final Readings readings;
  private final Clock clock;
  private final SourceEnds sources = new SourceEnds();

  public RunStatus(String migration, MigrationRun run, Readings readings, Clock clock) {
    this.migration = migration;
    this.run = run;
    this.readings = readings;
    this.clock = clock;
  }

  @Override
  public synchronized MigrationStatus read() {
    Instant at = clock.instant();
    MigrationReading last = readings.fresh(at).orElse(null);
    Map<String, Optional<Position>> ends = new HashMap<>();
    return new MigrationStatus(
        migration,
        at.truncatedTo(ChronoUnit.MILLIS).toString(),
        run.waves().stream().map(wave -> status(wave, end(wave.leg(), ends), last)).toList());
  }

  /** Each side is asked once, however many waves come from it: one that hangs costs one wait. */
  private @Nullable Position end(Leg leg, Map<String, Optional<Position>> ends) {
    return ends.computeIfAbsent(
            leg.from().endpoint().url(), any -> Optional.ofNullable(sources.position(leg)))
        .orElse(null);
  }

  private WaveStatus status(WaveRun wave, @Nullable Position end, @Nullable MigrationReading last) {
    SlotFigures slot =
        last == null
            ? null
            : last.wave(wave.leg().home().wave())
                .map(WaveReading::status)
                .filter(status -> status.leg().number() == wave.leg().number())
                .map(WaveStatus::slot)
                .orElse(null);
    return LiveStatus.of(wave, end)
        .with(run.words(wave).stream().map(RoleFigures::here).toList(), slot);
  }

  /** What the process has read for its watch. */
  @Override
  public Optional<MigrationStatus> overheard() {
    return readings
        .last()
        .map(
            reading ->
                new MigrationStatus(
                    migration,
                    reading.at().truncatedTo(ChronoUnit.MILLIS).toString(),
                    reading.waves().stream().map(WaveReading::status).toList()));
  }

  @Override
  public synchronized void close() {
    sources.close();
  }
}
