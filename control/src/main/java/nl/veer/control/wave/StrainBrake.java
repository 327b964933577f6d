package nl.veer.control.wave;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Consumer;
import nl.veer.connectors.dialect.SourceConnections;
import nl.veer.connectors.dialect.TargetConnections;
import nl.veer.connectors.dialect.postgres.PostgresFailures;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.control.config.VerificationConfig;
import nl.veer.verifier.scan.Brake;
import nl.veer.verifier.scan.postgres.Strain;
import org.jspecify.annotations.Nullable;

/**
 * Holds a wave's scan up while the target lags, or the source is busy, or that cannot be told. Safe
 * for use by several threads: one looks, the others wait for it.
 */
final class StrainBrake implements Brake, AutoCloseable {
  private static final Duration LOOK = Duration.ofSeconds(1);

  /** No answer takes longer, whatever hangs. */
  private static final Duration ANSWER = Duration.ofSeconds(10);

  private final WaveId wave;
  private final SourceConnections sources;
  private final TargetConnections targets;
  private final Duration mostLag;
  private final int mostActive;
  private final Consumer<String> told;
  private long looked = System.nanoTime() - LOOK.toNanos();
  private @Nullable Connection source;
  private @Nullable Connection target;
  private volatile @Nullable String reason;

  /**
   * @param told why, when it begins to hold the scan up, and an empty text when it does not any
   *     more
   */
  StrainBrake(
      WaveId wave,
      SourceConnections sources,
      TargetConnections targets,
      VerificationConfig config,
      Consumer<String> told) {
    this.wave = wave;
    this.sources = sources;
    this.targets = targets;
    this.mostLag = config.pauseLag();
    this.mostActive = config.pauseActive();
    this.told = told;
  }

  @Override
  public void await(StopSignal stop) {
    while (!stop.isRaised() && isHeld()) {
      stop.await(LOOK);
    }
  }

  /** Why the scan is held up; null while it is not. */
  @Nullable String reason() {
    return reason;
  }

  private synchronized boolean isHeld() {
    long now = System.nanoTime();
    if (now - looked >= LOOK.toNanos()) {
      String before = reason;
      String found = look();
      reason = found;
      looked = System.nanoTime();
      if ((before == null) != (found == null)) {
        told.accept(found == null ? "" : found);
      }
    }
    return reason != null;
  }

  private @Nullable String look() {
    try {
      Connection here = source == null ? sources.openBounded("scan strain", ANSWER) : source;
      source = here;
      Connection there = target == null ? targets.openBounded("scan strain", ANSWER) : target;
      target = there;
      return of(Strain.read(here, there, wave), mostLag, mostActive);
    } catch (SQLException e) {
      close();
      return "how busy the databases are cannot be read: " + PostgresFailures.words(e);
    }
  }

  /** Why a scan has to wait; null if it has not. */
  static @Nullable String of(Strain strain, Duration mostLag, int mostActive) {
    Duration lag = strain.lag();
    if (lag == null) {
      return "the target holds no transaction yet";
    }
    if (lag.compareTo(mostLag) > 0) {
      return "the target is %d s behind the source, more than %d s"
          .formatted(lag.toSeconds(), mostLag.toSeconds());
    }
    return mostActive > 0 && strain.active() > mostActive
        ? "%d sessions are busy on the source, more than %d".formatted(strain.active(), mostActive)
        : null;
  }

  @Override
  public synchronized void close() {
    close(source);
    close(target);
    source = null;
    target = null;
  }

  private static void close(@Nullable Connection connection) {
    if (connection != null) {
      try {
        connection.close();
      } catch (SQLException e) {
        // Broken already, and it was only reading.
        return;
      }
    }
  }
}
