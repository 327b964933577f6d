package nl.veer.control.cutover;

import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import nl.veer.connectors.dialect.postgres.PostgresProgress;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.control.wave.Leg;
import nl.veer.control.wave.LegAdoption;
import nl.veer.control.wave.Legs;
import nl.veer.control.wave.Migration;
import nl.veer.control.wave.OpenLog;
import org.jspecify.annotations.Nullable;

/**
 * The leg that a cutover begins, the other way round. Its roles run wherever roles of the wave run;
 * they follow the records. Owned by one thread.
 */
final class NextLeg implements AutoCloseable {
  /** A process that runs the wave's captures looks for a leg that was made, and starts Debezium. */
  private static final Duration CAPTURED_WITHIN = Duration.ofSeconds(60);

  private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

  private final Migration migration;
  private final Supplier<OpenLog> log;
  private @Nullable LegAdoption ready;

  NextLeg(Migration migration, Supplier<OpenLog> log) {
    this.migration = migration;
    this.log = log;
  }

  private Legs legs() {
    return new Legs(migration, log.get());
  }

  private Leg leg(Drive drive) {
    return Legs.of(migration, drive.wave(), drive.leg().number() + 1);
  }

  /**
   * Makes it, waits until somebody captures its log, and does ahead what can be of its beginning.
   * Nothing is refused yet.
   */
  void make(Drive drive) {
    drive.requireOwned();
    Leg next = legs().prepare(drive.leg());
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

  /** Ends the leg, begins the next one at this very place, and sends a canary through it. */
  void begin(Drive drive) {
    Legs legs = legs();
    Leg next = leg(drive);
    drive.requireOwned();
    legs.retire(drive.leg());
    drive.budget().require("the leg's end");
    drive.requireOwned();
    ready(next).begin(Map.of(), drive.budget().left());
    drive.requireGoing("the way back");
    drive.requireOwned();
    legs.activate(next);
    legs.awaitRoundTrip(next, drive.budget().left());
  }

  /** It carries nothing any more, and the leg before goes on. */
  void stop(Drive drive) {
    // Kafka may be away: this takes the databases alone.
    drive.requireOwned();
    Legs.goBack(migration, drive.leg());
  }

  /** Nothing is left of it. */
  void remove(Drive drive) {
    drive.requireOwned();
    legs().remove(leg(drive));
  }

  /** The leg before is over for good. */
  void cleanUp(Drive drive) {
    drive.requireOwned();
    legs().cleanUp(drive.leg());
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
