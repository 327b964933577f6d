package nl.veer.control.dashboard.live;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.function.Supplier;
import nl.veer.control.status.LiveStatus;
import nl.veer.control.status.MigrationStatus;
import nl.veer.control.status.RoleFigures;
import nl.veer.control.status.SourceEnds;
import nl.veer.control.status.WaveStatus;
import nl.veer.control.wave.MigrationRun;
import nl.veer.control.wave.WaveRun;

/**
 * The status of the waves whose roles run in this process, from their own counters: all that is
 * asked is the end of the source's WAL. Safe for use by several threads, one at a time.
 */
public final class RunStatus implements Supplier<MigrationStatus>, AutoCloseable {
  private final String migration;
  private final MigrationRun run;
  private final Clock clock;
  private final SourceEnds sources = new SourceEnds();

  public RunStatus(String migration, MigrationRun run, Clock clock) {
    this.migration = migration;
    this.run = run;
    this.clock = clock;
  }

  @Override
  public synchronized MigrationStatus get() {
    return new MigrationStatus(
        migration,
        clock.instant().truncatedTo(ChronoUnit.MILLIS).toString(),
        run.waves().stream().map(this::status).toList());
  }

  private WaveStatus status(WaveRun wave) {
    return LiveStatus.of(wave, sources.position(wave.leg()))
        .with(run.words(wave).stream().map(RoleFigures::here).toList(), null);
  }

  @Override
  public synchronized void close() {
    sources.close();
  }
}
