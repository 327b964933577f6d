package nl.veer.control.cutover;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import nl.veer.connectors.dialect.postgres.PostgresFence;
import nl.veer.connectors.dialect.postgres.PostgresMarkers;
import nl.veer.connectors.event.LsnPosition;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.control.cutover.CutoverState.Prepared;

/**
 * PREPARED: whether the fence can be had is found out, and what of it has to wait for locks is
 * done, before anything is refused. For a cutover the next leg is made as well, and its log
 * captured.
 */
final class PrepareStep implements Step {
  /** If it does not settle by then, the outage's budget decides. */
  private static final Duration SETTLES_WITHIN = Duration.ofSeconds(30);

  /** A pipeline that keeps up carries a marker in this time; it is waited for at first. */
  private static final Duration KEEPS_UP = Duration.ofMillis(150);

  private static final Duration KEEPS_UP_WITHIN = Duration.ofSeconds(10);

  /** A marker that comes through in this part of the budget leaves enough for all else. */
  private static final int SWIFT_SHARE = 20;

  private static final Duration LOOK_AGAIN = Duration.ofMillis(10);

  private final ReadySides ready;
  private final Optional<NextLeg> next;

  /**
   * @param ready opened here
   * @param next empty for a rehearsal
   */
  PrepareStep(ReadySides ready, Optional<NextLeg> next) {
    this.ready = ready;
    this.next = next;
  }

  @Override
  public CutoverState state() {
    return new Prepared();
  }

  @Override
  public void run(Drive drive) {
    Fences.kind(drive.config().cutover()).ifPresent(kind -> requireFence(drive, kind));
    next.ifPresent(leg -> leg.make(drive));
    drive.requireGoing("the preparation");
    Fences.prepare(drive, Fences.plan(drive), drive.config().cutover().writersWait());
    ready.open();
    settle(drive);
  }

  /**
   * What is made here keeps the pipeline busy: nobody's writes shall be refused for that. One that
   * stands still is not waited for; the outage's budget decides.
   */
  private static void settle(Drive drive) {
    long begin = System.nanoTime();
    Duration budget = drive.attempt().budget();
    Duration longest = budget.compareTo(SETTLES_WITHIN) < 0 ? budget : SETTLES_WITHIN;
    Duration took;
    do {
      took = passage(drive, longest);
    } while (took.compareTo(swift(budget, System.nanoTime() - begin)) > 0
        && took.compareTo(longest) < 0
        && System.nanoTime() - begin < SETTLES_WITHIN.toNanos());
  }

  private static Duration swift(Duration budget, long waited) {
    Duration enough = budget.dividedBy(SWIFT_SHARE);
    return waited < KEEPS_UP_WITHIN.toNanos() && KEEPS_UP.compareTo(enough) < 0 ? KEEPS_UP : enough;
  }

  /** How long a marker is on its way; not waited for beyond the limit. */
  private static Duration passage(Drive drive, Duration limit) {
    LsnPosition marker =
        drive.onFrom(
            "writing a marker",
            from -> PostgresMarkers.emit(from, drive.leg().wave(), "settle", ""));
    long begin = System.nanoTime();
    while (!DrainStep.hasPassed(drive, marker) && System.nanoTime() - begin < limit.toNanos()) {
      drive.requireGoing("the pipeline to settle");
      drive.stop().await(LOOK_AGAIN);
    }
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  private static void requireFence(Drive drive, PostgresFence.Kind kind) {
    List<String> obstacles =
        drive.onFrom(
            "looking whether the fence can be had",
            from ->
                PostgresFence.obstacles(
                    from, kind, drive.leg().tables(), drive.config().cutover().fenceExempt()));
    if (!obstacles.isEmpty()) {
      throw new Failure(
          FailureKind.CONFIGURATION,
          "FENCE_REFUSED",
          "The fence cannot be had on the %s: %s"
              .formatted(drive.left().word(), String.join("; ", obstacles)));
    }
  }

  @Override
  public void undo(Drive drive) {
    next.ifPresent(leg -> leg.remove(drive));
    Fences.sweep(drive, drive.left());
  }
}
