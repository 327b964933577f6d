package nl.veer.control.cutover;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import nl.veer.connectors.dialect.DatabaseEndpoint;
import nl.veer.connectors.dialect.TargetConnections;
import nl.veer.connectors.dialect.postgres.PostgresFailures;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.control.config.VeerConfig;
import nl.veer.control.wave.Leg;
import org.jspecify.annotations.Nullable;

/**
 * An attempt in the hands of the one who drives it: its record, its clock, and a session on either
 * side. A session is opened first and ownership looked at then: whoever takes the attempt over
 * writes so first and ends all sessions then, so that one of the two always stops a former driver,
 * whatever it was about to do. Owned by one thread; what begins the way back beside it may ask for
 * the attempt, the budget, and whether to go on.
 */
final class Drive implements AutoCloseable {
  /** No answer takes longer, whatever hangs. */
  private static final Duration ANSWER = Duration.ofSeconds(30);

  private static final Duration LOOK_AGAIN = Duration.ofMillis(5);

  private final VeerConfig config;
  private final Leg leg;
  private final CutoverStore store;
  private final OutageBudget budget;
  private final StopSignal stop;
  private final CutoverProgress progress;
  private final OutageMeter meter;
  private volatile Attempt attempt;
  private boolean measuredFromBegin;
  private final List<Proof> held = new ArrayList<>();
  private @Nullable Connection from;
  private @Nullable Connection to;

  /** Who is asked and told on the way. */
  record Surroundings(VeerConfig config, StopSignal stop, CutoverProgress progress) {}

  /**
   * @param attempt owned by this driver
   */
  Drive(
      Surroundings around,
      Leg leg,
      CutoverStore store,
      Attempt attempt,
      OutageBudget budget,
      OutageMeter meter) {
    this.config = around.config;
    this.leg = leg;
    this.store = store;
    this.attempt = attempt;
    this.budget = budget;
    this.stop = around.stop;
    this.progress = around.progress;
    this.meter = meter;
  }

  VeerConfig config() {
    return config;
  }

  Leg leg() {
    return leg;
  }

  WaveId wave() {
    return leg.home();
  }

  Attempt attempt() {
    return attempt;
  }

  CutoverStore store() {
    return store;
  }

  OutageBudget budget() {
    return budget;
  }

  OutageMeter meter() {
    return meter;
  }

  StopSignal stop() {
    return stop;
  }

  CutoverProgress progress() {
    return progress;
  }

  /** The side that is left, as the configuration calls it. */
  FenceSide left() {
    return FenceSide.leftBy(leg.number());
  }

  void move(CutoverState state, @Nullable Failure why) {
    attempt = store.move(attempt, state, why);
  }

  void advance(Duration took, CutoverState state) {
    attempt = store.advance(attempt, took, state);
  }

  void stepDone(Duration took) {
    attempt = store.stepDone(attempt, took);
  }

  void record(UnaryOperator<AttemptFacts> more) {
    attempt = store.record(attempt, more.apply(attempt.facts()));
  }

  void finish() {
    attempt = store.finish(attempt);
  }

  /**
   * For what is done by other sessions than this drive's own.
   *
   * @throws Failure CONFLICT if another has taken the attempt
   */
  void requireOwned() {
    store.requireOwned(attempt);
  }

  /** Sessions on the side that is left, for clients of the meter's: they log in as any other. */
  OutageWriter.Opening openingFrom() {
    return opening(leg.from().endpoint());
  }

  /** Sessions on the other side, for clients of the meter's. */
  OutageWriter.Opening openingTo() {
    return opening(leg.to().endpoint());
  }

  private OutageWriter.Opening opening(DatabaseEndpoint side) {
    return () -> new TargetConnections(side).openBounded(wave() + " outage", ANSWER);
  }

  /** Open transactions are waited for from now on: within the budget, and not longer than this. */
  OutageBudget writersWait() {
    OutageBudget wait = budget.within(config.cutover().writersWait());
    wait.begin();
    return wait;
  }

  /** Another may have left the attempt behind with writes refused: the clock runs at once. */
  void goOn() {
    if (attempt.facts().fencedAt() != null && attempt.facts().outageMillis() == null) {
      budget.begin();
      progress.outageBegins(budget::spent);
    }
  }

  /** Writes are refused from now on, or have been since before this driver. */
  void beginOutage() {
    onFrom(
        "setting up a writer",
        side -> {
          meter.begin(side, openingFrom(), leg.tables());
          return true;
        });
    budget.begin();
    progress.outageBegins(budget::spent);
    if (attempt.facts().fencedAt() == null) {
      record(facts -> facts.fencedAt(store.now()));
      measuredFromBegin = true;
    }
  }

  /**
   * Writes are taken again: keeps for how long they were not, by a writer's word if there is one.
   */
  void endOutage() {
    Instant since = attempt.facts().fencedAt();
    if (since == null || attempt.facts().outageMillis() != null) {
      return;
    }
    Duration own = Duration.between(since, store.now());
    Optional<Duration> written = meter.end();
    boolean measured = measuredFromBegin && written.isPresent();
    Duration outage = measured ? written.get() : own;
    record(
        facts ->
            facts.outage(outage.toMillis(), measured ? AttemptFacts.WRITER : AttemptFacts.VEER));
    progress.outageEnds(outage);
  }

  /** Work on a session. */
  interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  /** On the side that is left. */
  <T> T onFrom(String doing, Work<T> work) {
    boolean done = false;
    try {
      Connection open = from;
      if (open == null) {
        open = leg.from().openBounded(CutoverStore.purpose(wave()), ANSWER);
        from = open;
        store.requireOwned(attempt);
      }
      T answer = work.on(open);
      done = true;
      return answer;
    } catch (SQLException e) {
      throw PostgresFailures.source(e, doing);
    } finally {
      if (!done) {
        closeFrom();
      }
    }
  }

  /** On the other side. */
  <T> T onTo(String doing, Work<T> work) {
    boolean done = false;
    try {
      Connection open = to;
      if (open == null) {
        open = leg.to().openBounded(CutoverStore.purpose(wave()), ANSWER);
        to = open;
        store.requireOwned(attempt);
      }
      T answer = work.on(open);
      done = true;
      return answer;
    } catch (SQLException e) {
      throw PostgresFailures.target(e, doing);
    } finally {
      if (!done) {
        closeTo();
      }
    }
  }

  /** On a side, as the configuration calls it. */
  <T> T on(FenceSide side, String doing, Work<T> work) {
    return side == left() ? onFrom(doing, work) : onTo(doing, work);
  }

  /** Whether it has come; looked at again and again. */
  interface Look {
    boolean hasCome();
  }

  /**
   * Waits for something while writes are refused.
   *
   * @throws Failure TRANSIENT if the budget runs out first, or if somebody wants to stop
   */
  void await(String what, Look look) {
    while (!look.hasCome()) {
      budget.require(what);
      requireGoing(what);
      stop.await(LOOK_AGAIN);
    }
  }

  /**
   * @throws Failure TRANSIENT if somebody wants to stop
   */
  void requireGoing(String what) {
    if (stop.isRaised()) {
      throw new Failure(
          FailureKind.TRANSIENT,
          "CUTOVER_STOPPED",
          "Asked to stop while waiting for " + what + ".");
    }
  }

  private void closeFrom() {
    close(from);
    from = null;
  }

  private void closeTo() {
    close(to);
    to = null;
  }

  private static void close(@Nullable Connection connection) {
    if (connection != null) {
      try {
        connection.close();
      } catch (SQLException e) {
        // Broken already; the server undoes what it held.
        return;
      }
    }
  }

  /** It is closed when this is. */
  void closing(Proof proof) {
    held.add(proof);
  }

  @Override
  public void close() {
    held.forEach(Proof::close);
    meter.close();
    closeFrom();
    closeTo();
  }
}
