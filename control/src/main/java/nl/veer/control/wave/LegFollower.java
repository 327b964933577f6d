package nl.veer.control.wave;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import nl.veer.connectors.dialect.postgres.PostgresFailures;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.StopSignal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the roles of those legs running that home has on record as PREPARED or ACTIVE, and ends those
 * of legs that are RETIRED, or gone: a process that has roles of a wave goes over with it. Looks
 * again and again, on a thread of its own; a look that fails is said and tried again, and until
 * then everything goes on as it is. Safe for use by several threads.
 */
final class LegFollower {
  private static final Logger LOG = LoggerFactory.getLogger(LegFollower.class);

  /** The time between two looks, and while a leg is about to follow another. */
  private static final Duration PACE = Duration.ofSeconds(1);

  private static final Duration QUICK = Duration.ofMillis(20);

  /** Capture must begin also while home is away. */
  private static final Duration FIRST_LOOK = Duration.ofSeconds(3);

  private static final Duration ANSWER = Duration.ofSeconds(10);

  private final Migration migration;
  private final String name;
  private final Runs runs;
  private final StopSignal stop = new StopSignal();
  private final LegBell bell = LegBell.heard();
  private final Map<WaveId, Followed> followed = new LinkedHashMap<>();
  private final List<LegEnding> ending = new ArrayList<>();
  private volatile List<LegRecord> last = List.of();
  private volatile List<WaveRun> all = List.of();
  private volatile long looked = System.nanoTime();
  private boolean known;
  private boolean failing;
  private @Nullable Connection open;

  /** Makes a leg's roles; none of them has begun. */
  interface Runs {
    WaveRun of(Leg leg, LegRecord record);
  }

  private record Followed(WaveRun run, LegRecord record) {}

  LegFollower(Migration migration, Runs runs) {
    this.migration = migration;
    this.runs = runs;
    this.name = migration.waves().keySet().stream().findFirst().map(WaveId::migration).orElse("");
  }

  /** Starts the roles of the legs that the waves are on, and follows from then on. */
  void start() {
    if (migration.waves().isEmpty()) {
      return;
    }
    CompletableFuture<List<LegRecord>> look =
        CompletableFuture.supplyAsync(
            () -> new LegRecords(migration.target()).read(name), LegFollower::aside);
    try {
      follow(look.get(FIRST_LOOK.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      failed("it does not answer");
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      failed(cause == null ? e.toString() : String.valueOf(cause.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    aside(this::watch);
  }

  private static void aside(Runnable work) {
    Thread thread = new Thread(work, "legs");
    thread.setDaemon(true);
    thread.start();
  }

  private void watch() {
    while (isNextLookDue()) {
      looked = System.nanoTime();
      try {
        follow(read());
        failing = false;
      } catch (SQLException e) {
        failed(PostgresFailures.words(e));
      } catch (RuntimeException e) {
        failed(e instanceof Failure ? String.valueOf(e.getMessage()) : String.valueOf(e));
      }
    }
    disconnect();
  }

  private boolean isNextLookDue() {
    bell.await(pace());
    return !stop.isRaised() && !Thread.currentThread().isInterrupted();
  }

  private synchronized Duration pace() {
    boolean moving =
        migration.waves().keySet().stream().anyMatch(this::isMoving)
            || ending.stream().anyMatch(LegEnding::isWaitedFor);
    return moving && !failing ? QUICK : PACE;
  }

  /** Whether a leg of the wave is about to follow another. */
  private boolean isMoving(WaveId home) {
    List<LegRecord> own = last.stream().filter(one -> one.home().equals(home)).toList();
    return own.stream().anyMatch(one -> one.state() == LegState.PREPARED)
        || (!own.isEmpty() && own.stream().noneMatch(one -> one.state() == LegState.ACTIVE));
  }

  private List<LegRecord> read() throws SQLException {
    Connection connection = open;
    if (connection == null) {
      connection = migration.target().openBounded(name + " legs", ANSWER);
      open = connection;
    }
    return LegRecords.read(connection, name);
  }

  private void disconnect() {
    Connection connection = open;
    open = null;
    if (connection != null) {
      try {
        connection.close();
      } catch (SQLException e) {
        LOG.debug("The session for legs did not close", e);
      }
    }
  }

  private void failed(String words) {
    disconnect();
    if (!failing && !stop.isRaised()) {
      failing = true;
      LOG.atWarn()
          .addKeyValue("migration", name)
          .addKeyValue("code", "LEGS_UNSEEN")
          .log("The target was not asked which leg each wave is on; trying again: {}", words);
    }
    if (known) {
      // What waits for former roles' end does not wait for home.
      follow(last);
    } else if (isUnmoved()) {
      follow(List.of());
    }
  }

  /** Where home does not answer: nothing was ever applied to the source, so all is as it began. */
  private boolean isUnmoved() {
    try (Connection connection = migration.source().openBounded(name + " legs", ANSWER)) {
      return !LegRecords.areMoved(connection, name);
    } catch (SQLException e) {
      LOG.debug("The source was not asked either", e);
      return false;
    }
  }

  private synchronized void follow(List<LegRecord> records) {
    if (stop.isRaised()) {
      return;
    }
    known = true;
    last = records;
    List<LegRecord> running =
        migration.waves().keySet().stream().flatMap(home -> running(records, home)).toList();
    end(records, running);
    running.forEach(this::run);
    followed.values().forEach(one -> one.run().rest(isMoving(one.record().home())));
  }

  private static Stream<LegRecord> running(List<LegRecord> all, WaveId home) {
    List<LegRecord> own = all.stream().filter(one -> one.home().equals(home)).toList();
    return own.isEmpty() ? Stream.of(LegRecord.first(home)) : own.stream().filter(LegRecord::runs);
  }

  private void end(List<LegRecord> records, List<LegRecord> running) {
    List<WaveId> past =
        followed.entrySet().stream()
            .filter(one -> running.stream().noneMatch(one.getValue().record()::isSameTurn))
            .map(Map.Entry::getKey)
            .toList();
    for (WaveId wave : past) {
      Followed over = followed.remove(wave);
      if (over != null) {
        LOG.atInfo().addKeyValue("wave", wave).log("The leg is over here");
        over.run().stopCarrying();
        ending.add(new LegEnding(over.run(), over.record(), System::nanoTime));
      }
    }
    ending.forEach(one -> one.look(records));
    ending.removeIf(one -> one.run().isEnded());
    seeAll();
  }

  private void run(LegRecord record) {
    Leg leg = Leg.of(migration, record.home(), record.number());
    Followed now = followed.get(leg.wave());
    if (now == null) {
      if (isEnding(leg.wave())) {
        return;
      }
      now = new Followed(runs.of(leg, record), record);
    }
    followed.put(leg.wave(), new Followed(now.run(), record));
    now.run().start(record.state());
    seeAll();
  }

  /** One that goes on again begins at a look behind its former roles' end; others do not wait. */
  private boolean isEnding(WaveId wave) {
    List<LegEnding> former =
        ending.stream().filter(one -> one.run().wave().equals(wave) && !one.isOverdue()).toList();
    former.forEach(LegEnding::wanted);
    return !former.isEmpty();
  }

  /** The run of the leg that each wave is on; the one that follows it while there is none. */
  synchronized List<WaveRun> waves() {
    List<WaveRun> waves = new ArrayList<>();
    for (WaveId home : migration.waves().keySet()) {
      List<Followed> own =
          followed.values().stream().filter(one -> one.record().home().equals(home)).toList();
      own.stream()
          .filter(one -> one.record().state() == LegState.ACTIVE)
          .findFirst()
          .or(() -> own.stream().findFirst())
          .ifPresent(one -> waves.add(one.run()));
    }
    return waves;
  }

  /**
   * All runs whose roles are at work, or end now: of legs that are prepared too. Never waits for a
   * leg that is about to end.
   */
  List<WaveRun> all() {
    return all;
  }

  private synchronized void seeAll() {
    List<WaveRun> seen = new ArrayList<>();
    followed.values().forEach(one -> seen.add(one.run()));
    ending.forEach(one -> seen.add(one.run()));
    all = List.copyOf(seen);
  }

  /** The time since it last began to look; waits for no lock. */
  Duration silence() {
    return migration.waves().isEmpty()
        ? Duration.ZERO
        : Duration.ofNanos(System.nanoTime() - looked);
  }

  /**
   * Whether roles that began in this turn of a leg have no business any more. Looks now, unless
   * that is known: a turn that is past does not come again. Waits for no lock.
   */
  boolean isPast(LegRecord began, boolean otherwise) {
    if (isPast(began, last)) {
      return true;
    }
    try (Connection connection = migration.target().openBounded(name + " legs", ANSWER)) {
      return isPast(began, LegRecords.read(connection, name));
    } catch (SQLException e) {
      return otherwise;
    }
  }

  private static boolean isPast(LegRecord began, List<LegRecord> records) {
    return running(records, began.home()).noneMatch(began::isSameTurn);
  }

  /** Ends all roles and waits for them. */
  void close() {
    stop.raise();
    bell.close();
    seeAll();
    List<WaveRun> last = all;
    last.forEach(WaveRun::stop);
    last.forEach(run -> run.awaitEnd(MigrationRun.STOP_PATIENCE));
  }
}
