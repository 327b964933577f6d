package nl.veer.control.cutover;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import nl.veer.connectors.dialect.postgres.PostgresProgress;
import nl.veer.connectors.event.LsnPosition;
import nl.veer.connectors.event.Position;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.control.wave.Leg;
import nl.veer.control.wave.LegAdoption;
import nl.veer.control.wave.LegCut;
import nl.veer.control.wave.Legs;
import nl.veer.control.wave.Migration;
import nl.veer.control.wave.OpenLog;
import org.jspecify.annotations.Nullable;

/**
 * The leg that a cutover begins, the other way round. Its roles run wherever roles of the wave run;
 * they follow the records. Used by one thread at a time.
 */
final class NextLeg implements AutoCloseable {
  /** A process that runs the wave's captures looks for a leg that was made, and starts Debezium. */
  private static final Duration CAPTURED_WITHIN = Duration.ofSeconds(60);

  private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

  private final Migration migration;
  private final Supplier<OpenLog> log;
  private final LegDriver driver;
  private final FormerDriver former;
  private @Nullable LegAdoption ready;
  private boolean begun;

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

  /**
   * Makes it, waits until somebody captures its log, and does ahead what can be of its beginning.
   * Nothing is refused yet.
   */
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
    ready(next);
  }

  private LegAdoption ready(Leg next) {
    LegAdoption adoption = ready;
    if (adoption == null) {
      adoption = legs().readyToAdopt(next);
      ready = adoption;
    }
    return adoption;
  }

  /**
   * Ends the leg, begins the next one at this very place, and sends a canary through it; nothing if
   * this driver has done so.
   *
   * @param unwanted raised when nobody wants it any more
   */
  void begin(Drive drive, StopSignal unwanted) {
    if (begun) {
      return;
    }
    Legs legs = legs();
    Leg next = leg(drive);
    drive.requireOwned();
    legs.retire(before(drive));
    drive.budget().require("the leg's end");
    requireWanted(drive, unwanted);
    LegAdoption adoption = ready(next);
    LegCut adopted = adoption.begin(Map.of(), drive.budget().left(), unwanted);
    requireNobodyWrote(drive, adoption);
    requireWanted(drive, unwanted);
    Position canary = adoption.canary();
    legs.activate(next, adopted);
    legs.awaitCanary(next, canary, drive.budget().left(), unwanted);
    begun = true;
  }

  /**
   * The leg carries again, and nothing is left of the next one, if a former driver has begun that,
   * or begun to take it back: for what comes before is done once more. Writes go on meanwhile.
   *
   * @return whether that was so
   */
  boolean takeBack(Drive drive) {
    boolean begun =
        Legs.isRetired(migration, before(drive))
            || Legs.isRetired(migration, leg(drive))
            || !Legs.isOnRecord(migration, leg(drive));
    if (begun) {
      stop(drive);
      Fences.open(drive, drive.left());
      remove(drive);
    }
    return begun;
  }

  private static void requireWanted(Drive drive, StopSignal unwanted) {
    drive.requireGoing("the way back");
    if (unwanted.isRaised()) {
      throw new Failure(
          FailureKind.TRANSIENT, "CUTOVER_STOPPED", "The way back is not wanted any more.");
    }
  }

  /** On the side that follows, since both stood still: the way back would not bring that. */
  private static void requireNobodyWrote(Drive drive, LegAdoption adoption) {
    LsnPosition compared = Objects.requireNonNull(drive.attempt().facts().target());
    adoption
        .lastWrite()
        .filter(write -> write.position().isAfter(compared))
        .ifPresent(
            write -> {
              throw new Failure(
                  FailureKind.CONFLICT,
                  "PASSIVE_WRITTEN",
                  "Somebody has written to %s on the side that follows, at %s, while both sides stood"
                          .formatted(write.table(), write.position())
                      + " still to be compared. Find who, let nobody write there, and begin again"
                      + " when the sides are equal: veer scan");
            });
  }

  /** It carries nothing any more. Takes home and the side that is left alone: Kafka may be away. */
  void stop(Drive drive) {
    drive.requireOwned();
    Legs.stopNext(migration, before(drive), driver);
  }

  /** The leg before goes on, and nothing is left of this one. */
  void remove(Drive drive) {
    drive.requireOwned();
    close();
    former.end();
    Legs.goOn(migration, before(drive), driver);
    legs().remove(leg(drive));
  }

  /** The leg before is over for good. */
  void cleanUp(Drive drive) {
    drive.requireOwned();
    legs().cleanUp(before(drive));
  }

  @Override
  public void close() {
    LegAdoption adoption = ready;
    ready = null;
    if (adoption != null) {
      adoption.close();
    }
  }
}
