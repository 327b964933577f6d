package nl.veer.control.wave;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.log.StatusTopic;
import nl.veer.control.word.Word;
import nl.veer.control.word.WordKey;
import nl.veer.control.word.WordPublisher;
import nl.veer.control.word.WordSweep;
import nl.veer.replicator.stamp.Retirement;
import org.jspecify.annotations.Nullable;

/**
 * All waves of a migration in this process, on whatever leg they are. The first failure of any
 * role, or a call of {@link #stop}, ends the run; but not the failure of a role whose leg is over,
 * for the next leg's roles run by then, or are about to. What the roles do is told to the status
 * topic. Safe for use by several threads.
 */
public final class MigrationRun implements AutoCloseable {
  /** A batch in hand is finished or rolled back within this time. */
  static final Duration STOP_PATIENCE = Duration.ofSeconds(30);

  private final CompletableFuture<Optional<Failure>> over = new CompletableFuture<>();
  private final LegFollower legs;
  private final WaveWords words = new WaveWords(WordKey.newInstance(), Clock.systemUTC());
  private volatile @Nullable WordPublisher publisher;

  private MigrationRun(Migration migration, OpenLog log, Role role, boolean truncate) {
    LegRoles roles = new LegRoles(migration, log);
    this.legs =
        new LegFollower(
            migration,
            (leg, record) ->
                new WaveRun(
                    leg,
                    migration.tuning().heartbeat(),
                    roles.of(leg, role, truncate),
                    owner(record)));
  }

  private WordPublisher publisher(String name, OpenLog log) {
    return WordPublisher.start(
        name,
        () -> StatusTopic.open(log.kafka(), name, log.topic()),
        () -> legs.all().stream().flatMap(run -> words.of(run).stream()).toList(),
        WordSweep.start(log.kafka(), name));
  }

  /**
   * Starts the roles.
   *
   * @param truncate whether the load empties tables that hold rows
   */
  public static MigrationRun start(Migration migration, OpenLog log, Role role, boolean truncate) {
    MigrationRun run = new MigrationRun(migration, log, role, truncate);
    run.legs.start();
    migration.waves().keySet().stream()
        .findFirst()
        .ifPresent(wave -> run.publisher = run.publisher(wave.migration(), log));
    return run;
  }

  private WaveRun.Owner owner(LegRecord began) {
    return new WaveRun.Owner() {
      @Override
      public boolean isOver(Failure failure) {
        return legs.isPast(began, failure.code().equals(Retirement.CODE));
      }

      @Override
      public void ended(Failure failure) {
        over.complete(Optional.of(failure));
      }
    };
  }

  /** The waves, in the order of the file, each on its leg; none of which that is not known yet. */
  public List<WaveRun> waves() {
    return legs.waves();
  }

  /** What the roles of a wave of this run say of themselves, as the status topic is told. */
  public List<Word> words(WaveRun wave) {
    return words.of(wave);
  }

  /**
   * How long ago this process last began to look which leg each wave is on: seconds where all is
   * well, minutes where it hangs. Waits for nothing.
   */
  public Duration followerSilence() {
    return legs.silence();
  }

  /** Ends the run cleanly; returns at once. */
  public void stop() {
    over.complete(Optional.empty());
  }

  /** Waits for the run's end, but no longer than the given time; empty while it goes on. */
  public boolean awaitOver(Duration timeout) {
    try {
      over.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Why the run ended; empty if it was asked to, or goes on. */
  public Optional<Failure> failure() {
    return over.getNow(Optional.empty());
  }

  /** Ends all roles and waits for them. */
  @Override
  public void close() {
    stop();
    legs.close();
    WordPublisher telling = publisher;
    if (telling != null) {
      telling.close();
    }
  }
}
