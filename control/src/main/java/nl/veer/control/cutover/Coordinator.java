package nl.veer.control.cutover;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import nl.veer.connectors.failure.BareTrace;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.connectors.failure.StopSignal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes an attempt through its states: each on record before its step runs. What goes wrong before
 * the other side is open, the budget's end too, is undone at once, from the last step to the first.
 * What cannot be undone now stands on record, for whoever undoes it later. Only a driver that was
 * taken over leaves everything as it is. Owned by one thread.
 */
final class Coordinator {
  private static final Logger LOG = LoggerFactory.getLogger(Coordinator.class);

  /** Writes are refused until the fence is down: what passes is tried again for this long. */
  private static final Duration UNDO_PATIENCE = Duration.ofSeconds(60);

  private static final Duration UNDO_AGAIN = Duration.ofMillis(200);

  private final Drive drive;
  private final List<Step> steps;

  /**
   * @param steps one of each state that the attempt may come to, in their order
   */
  Coordinator(Drive drive, List<Step> steps) {
    this.drive = drive;
    this.steps = List.copyOf(steps);
  }

  /**
   * Goes on from the attempt's state to its end, forth or back.
   *
   * @return the attempt, finished
   * @throws Failure CONFLICT if another drives it now; any if it could not be undone, or if the
   *     other side is open and something is left to be done there: then it is not finished
   */
  Attempt run() {
    return go(false);
  }

  /**
   * As {@link #run}, where another has left it: whether writes were refused all the time nobody has
   * seen, so what rests on that is done once more.
   */
  Attempt resume() {
    CutoverState state = drive.attempt().state();
    boolean rests =
        state instanceof CutoverState.Drained
            || state instanceof CutoverState.Proven
            || state instanceof CutoverState.Sequenced;
    return go(rests);
  }

  /**
   * @param anew whether what the state rests on is done once more
   */
  private Attempt go(boolean anew) {
    if (drive.attempt().state().equals(new CutoverState.Aborted())) {
      return undo();
    }
    try {
      List<Step> again = anew ? again() : List.of();
      if (!anew) {
        drive.goOn();
      }
      again.forEach(step -> step.prepare(drive));
      ahead().forEach(step -> step.prepare(drive));
      again.forEach(this::run);
      Optional<CutoverState> next = drive.attempt().state().next(drive.attempt().kind());
      while (next.isPresent()) {
        Step step = step(drive.attempt().state());
        Duration took = timed(step);
        drive.progress().done(step.state(), took);
        drive.advance(took, next.get());
        next = drive.attempt().state().next(drive.attempt().kind());
      }
      return last();
    } catch (Failure failure) {
      return back(failure);
    } catch (RuntimeException | LinkageError | VirtualMachineError e) {
      // The JVM's own errors too: the process may live on, and with it the fence.
      return back(unforeseen(e));
    }
  }

  private static Failure unforeseen(Throwable e) {
    return new Failure(FailureKind.BUG, "UNEXPECTED", "Unexpected: " + BareTrace.named(e), e);
  }

  /**
   * Gives the attempt up; one that was rehearsed is only lowered.
   *
   * @throws Failure CONFLICT if the other side may be open already
   */
  Attempt abort(Failure why) {
    CutoverState state = drive.attempt().state();
    if (state.equals(new CutoverState.Aborted()) || state.equals(new CutoverState.Rehearsed())) {
      return run();
    }
    return back(
        state.back().isPresent()
            ? why
            : new Failure(
                FailureKind.CONFLICT,
                "CUTOVER_TOO_LATE",
                "The other side may take writes already. Finish with 'veer cutover --resume', then"
                    + " go back with: veer fallback"));
  }

  /** From the fence on; from the preparation on, if something had to be taken back. */
  private List<Step> again() {
    boolean back = false;
    for (Step step : ahead()) {
      back |= step.takeBack(drive);
    }
    if (!back) {
      drive.goOn();
    }
    int from = back ? 0 : steps.indexOf(step(new CutoverState.Fenced()));
    return steps.subList(from, steps.indexOf(step(drive.attempt().state())));
  }

  /** There is no way back from here: what passes is waited for. */
  private Attempt last() {
    Step step = step(drive.attempt().state());
    again(() -> run(step));
    again(drive::finish);
    return drive.attempt();
  }

  private List<Step> ahead() {
    return steps.subList(steps.indexOf(step(drive.attempt().state())), steps.size());
  }

  private void run(Step step) {
    Duration took = timed(step);
    drive.stepDone(took);
    drive.progress().done(step.state(), took);
  }

  private Duration timed(Step step) {
    long begin = System.nanoTime();
    drive.progress().begun(step.state());
    step.run(drive);
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  private Step step(CutoverState state) {
    return steps.stream().filter(step -> step.state().equals(state)).findFirst().orElseThrow();
  }

  private Attempt back(Failure why) {
    CutoverState state = drive.attempt().state();
    if (why.code().equals("CUTOVER_TAKEN") || state.back().isEmpty()) {
      throw why;
    }
    LOG.atWarn()
        .addKeyValue("wave", drive.wave())
        .addKeyValue("code", why.code())
        .log("The cutover is given up in {}: {}", state.word(), why.getMessage());
    CutoverState.Aborted aborted = state.back().orElseThrow();
    again(() -> drive.move(aborted, why));
    return undo();
  }

  /** Each step's own undoing leaves alone what was never done. */
  private Attempt undo() {
    drive.progress().begun(drive.attempt().state());
    long begin = System.nanoTime();
    List<Step> last = new ArrayList<>(steps);
    Collections.reverse(last);
    for (Step step : last) {
      again(() -> step.undo(drive));
    }
    Duration took = Duration.ofNanos(System.nanoTime() - begin);
    again(() -> drive.stepDone(took));
    again(drive::finish);
    drive.progress().done(drive.attempt().state(), took);
    return drive.attempt();
  }

  /** Nobody can stop it: who asked to stop wants just this. */
  private void again(Runnable undoing) {
    long begin = System.nanoTime();
    while (true) {
      try {
        undoing.run();
        return;
      } catch (Failure failure) {
        boolean passes =
            failure.kind() == FailureKind.TRANSIENT
                && System.nanoTime() - begin < UNDO_PATIENCE.toNanos();
        if (!passes) {
          throw failure;
        }
        LOG.atWarn()
            .addKeyValue("wave", drive.wave())
            .addKeyValue("code", failure.code())
            .log("Undoing the cutover is tried again: {}", failure.getMessage());
        drive.progress().says("Undoing is tried again: " + failure.getMessage());
        new StopSignal().await(UNDO_AGAIN);
      } catch (RuntimeException | LinkageError | VirtualMachineError e) {
        throw unforeseen(e);
      }
    }
  }
}
