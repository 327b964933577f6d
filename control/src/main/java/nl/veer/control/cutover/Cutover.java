package nl.veer.control.cutover;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import nl.veer.connectors.dialect.postgres.PostgresFailures;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.control.config.VeerConfig;
import nl.veer.control.wave.Leg;
import nl.veer.control.wave.Legs;
import nl.veer.control.wave.Migration;
import nl.veer.control.wave.OpenLog;

/**
 * A wave's cutover, as a process of its own beside those that carry the wave: it acts through the
 * records in the databases, and reads the log. Any process may go on with what another has begun,
 * or undo it. Owned by one thread; the stop signal may be raised by any.
 */
public final class Cutover implements AutoCloseable {
  private static final Duration ANSWER = Duration.ofSeconds(30);

  private final VeerConfig config;
  private final Migration migration;
  private final Leg leg;
  private final Supplier<OpenLog> log;
  private final StopSignal stop;
  private final CutoverProgress progress;
  private final ControlMirror mirror;
  private final DriverWords words;
  private final CutoverStore store;

  /**
   * @param leg that the wave is on
   * @param log where the wave's log is now; what it finds is the caller's to close
   * @param stop an attempt that has not opened the other side is given up when it is raised
   */
  public Cutover(
      VeerConfig config,
      Migration migration,
      Leg leg,
      Supplier<OpenLog> log,
      StopSignal stop,
      CutoverProgress progress) {
    this.config = config;
    this.migration = migration;
    this.leg = leg;
    this.log = log;
    this.stop = stop;
    this.progress = progress;
    this.mirror = new ControlMirror(leg.home(), log);
    this.words = new DriverWords(log);
    this.store = new CutoverStore(migration.target(), leg.home(), this::tell);
  }

  /**
   * What an attempt would do. Changes nothing.
   *
   * @param look whether to find out what has changed since the tables were scanned, where the
   *     comparison of all rows does not fit: that takes reading logs and indexes
   */
  public CutoverPlan plan(AttemptKind kind, Duration budget, boolean look) {
    return new CutoverPlan(
        leg.home(),
        leg.number(),
        kind,
        leg.tables(),
        config.cutover(),
        budget,
        CutoverPlan.Proof.of(new ProofLook(leg, migration, log, stop).at(budget, look)));
  }

  /**
   * Makes an attempt, to its end.
   *
   * @return the attempt, finished: what came of it is in its state
   * @throws Failure CONFLICT if one stands already; any if it could not be brought to an end
   */
  public Attempt run(AttemptKind kind, Duration budget) {
    Attempt attempt = store.begin(leg.number(), kind, budget);
    return coordinated(
        attempt, FormerDriver.none(migration.source(), leg.home()), Coordinator::run);
  }

  /**
   * Goes on with an attempt that another has left; with a whole budget, for it is wanted so.
   *
   * @return empty if none stands
   */
  public Optional<Attempt> resume() {
    return store.takeOver().map(this::resumed);
  }

  private Attempt resumed(Attempt attempt) {
    FormerDriver former = new FormerDriver(migration.source(), leg.home());
    former.end();
    endFormerAtHome();
    return coordinated(attempt, former, Coordinator::resume);
  }

  /**
   * Undoes an attempt, whoever drives it, or has left it. Needs no side's tables, and of the two
   * servers at first only home and the one that is fenced: a source that follows is undone last.
   *
   * @return empty if none stands
   * @throws Failure CONFLICT if it is too late
   */
  public Optional<Attempt> abort() {
    return store.takeOver().map(this::aborted);
  }

  private Attempt aborted(Attempt attempt) {
    FormerDriver former = new FormerDriver(migration.source(), leg.home());
    if (FenceSide.leftBy(attempt.leg()) == FenceSide.SOURCE) {
      former.end();
    } else {
      former.endUnlessAway(progress);
    }
    endFormerAtHome();
    Failure asked =
        new Failure(
            FailureKind.CONFLICT, "CUTOVER_ABORTED", "It was given up by veer cutover --abort.");
    return coordinated(attempt, former, each -> each.abort(asked));
  }

  /** One that opened its session while the attempt was taken has not seen that yet. */
  private void endFormerAtHome() {
    store.close();
    try (Connection home =
        migration.target().openBounded(leg.home() + " cutover takeover", ANSWER)) {
      CutoverStore.endSessions(home, leg.home(), "target");
    } catch (SQLException e) {
      throw PostgresFailures.target(e, "ending the sessions of a former driver");
    }
  }

  private interface Course {
    Attempt of(Coordinator coordinator);
  }

  private Attempt coordinated(Attempt attempt, FormerDriver former, Course course) {
    OutageBudget budget = new OutageBudget(attempt.budget(), System::nanoTime);
    try (ReadySides ready = ReadySides.of(migration);
        NextLeg next =
            new NextLeg(ready.drawnOnBy(migration), log, new LegDriver(store, attempt), former);
        Drive drive =
            new Drive(
                new Drive.Surroundings(config, stop, progress),
                Legs.of(ready.drawnOnBy(migration), leg.home(), attempt.leg()),
                store,
                attempt,
                budget,
                new OutageMeter())) {
      return course.of(new Coordinator(drive, steps(attempt.kind(), ready, next)));
    }
  }

  private List<Step> steps(AttemptKind kind, ReadySides ready, NextLeg next) {
    Step fence = new FenceStep();
    Step drain = new DrainStep();
    return switch (kind) {
      case REHEARSAL ->
          List.of(
              new PrepareStep(ready, Optional.empty()),
              fence,
              drain,
              new ProveStep(log, migration, Optional.empty()),
              new RehearsedStep());
      case CUTOVER ->
          List.of(
              new PrepareStep(ready, Optional.of(next)),
              fence,
              drain,
              new ProveStep(log, migration, Optional.of(next)),
              new SequenceStep(),
              new ReverseStep(next),
              new OpenStep(next));
    };
  }

  private void tell(Attempt attempt) {
    mirror.tell(attempt);
    words.tell(attempt);
  }

  @Override
  public void close() {
    store.close();
    words.close();
    mirror.close();
  }
}
