package nl.veer.control.cutover;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import nl.veer.connectors.dialect.postgres.PostgresProgress;
import nl.veer.connectors.event.LsnPosition;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.connectors.log.LogReader;
import nl.veer.control.wave.Leg;
import nl.veer.control.wave.LegCut;
import nl.veer.control.wave.Legs;
import nl.veer.control.wave.Migration;
import nl.veer.control.wave.OpenLog;

/**
 * The leg that a cutover begins, the other way round. Its roles run wherever roles of the wave run;
 * they follow the records. Owned by one thread.
 */
final class NextLeg {
  /** A process that runs the wave's captures looks for a leg that was made, and starts Debezium. */
  private static final Duration CAPTURED_WITHIN = Duration.ofSeconds(60);

  private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

  private final Migration migration;
  private final Supplier<OpenLog> log;
  private final LegDriver driver;
  private final FormerDriver former;

  /**
   * @param driver whoever drives the attempt now
   */
  NextLeg(Migration migration, Supplier<OpenLog> log, LegDriver driver, FormerDriver former) {
    this.migration = migration.heldBy(driver.holder());
    this.log = log;
    this.driver = driver;
    this.former = former;
  }

  private Legs legs() {
    return new Legs(migration, log.get(), driver);
  }

  private Leg leg(Drive drive) {
    return Legs.of(migration, drive.wave(), drive.leg().number() + 1);
  }

  /** The one that ends, with sessions of the driver's. */
  private Leg before(Drive drive) {
    return Legs.of(migration, drive.wave(), drive.leg().number());
  }

  /** Makes it, and waits until somebody captures its log. Nothing is refused yet. */
  void make(Drive drive) {
    drive.requireOwned();
    Leg next = legs().prepare(before(drive));
    long begin = System.nanoTime();
    while (!drive.onTo(
        "looking for the capture of the way back",
        to -> PostgresProgress.of(to, next.wave()).capturing())) {
      drive.requireGoing("the capture of the way back");
      if (System.nanoTime() - begin > CAPTURED_WITHIN.toNanos()) {
        throw new Failure(
            FailureKind.TRANSIENT,
            "WAY_BACK_SILENT",
            "Nobody captures the %s for the way back. Do the wave's roles run, with veer run, or"
                    .formatted(drive.left().other().word())
                + " capture and replicate?");
      }
      drive.stop().await(LOOK_AGAIN);
    }
  }

  /** Ends the leg, begins the next one at this very place, and sends a canary through it. */
  void begin(Drive drive) {
    Legs legs = legs();
    Leg next = leg(drive);
    drive.requireOwned();
    legs.retire(before(drive));
    drive.budget().require("the leg's end");
    drive.requireOwned();
    LegCut cut = legs.adopt(next, Map.of(), drive.budget().left());
    requireNobodyWrote(drive, next, cut);
    drive.requireGoing("the way back");
    drive.requireOwned();
    legs.activate(next);
    legs.awaitRoundTrip(next, drive.budget().left());
  }

  private void requireNobodyWrote(Drive drive, Leg next, LegCut cut) {
    LsnPosition compared = Objects.requireNonNull(drive.attempt().facts().target());
    try (LogReader reader = log.get().reader(next.wave())) {
      new FollowerWrites(
              reader, compared, cut, () -> drive.budget().require("the way back's own log"))
          .requireNone();
    }
  }

  /** It carries nothing any more. Takes home and the side that is left alone: Kafka may be away. */
  void stop(Drive drive) {
    drive.requireOwned();
    Legs.stopNext(migration, before(drive), driver);
  }

  /** The leg before goes on, and nothing is left of this one. */
  void remove(Drive drive) {
    drive.requireOwned();
    former.end();
    Legs.goOn(migration, before(drive), driver);
    legs().remove(leg(drive));
  }

  /** The leg before is over for good. */
  void cleanUp(Drive drive) {
    drive.requireOwned();
    legs().cleanUp(before(drive));
  }
}
