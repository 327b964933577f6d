package nl.veer.control.cutover;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import nl.veer.connectors.dialect.postgres.FencePlan;
import nl.veer.connectors.dialect.postgres.PostgresFence;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.control.config.CutoverConfig;

/**
 * The fence of a side, up and down: the database's own, the user's program, or both. What it will
 * change is on record before it is raised, with how that was before, and goes from the record when
 * it is down.
 */
final class Fences {
  /** In the record, for a fence that is nothing but the user's program. */
  private static final String COMMAND_ONLY = "";

  /** Behind the outage's end, or in an abort: nobody waits for the budget any more. */
  private static final Duration UNDO_LIMIT = Duration.ofSeconds(60);

  private Fences() {}

  /** The database's own fence; empty where only the user's program makes one. */
  static Optional<PostgresFence.Kind> kind(CutoverConfig config) {
    return switch (config.fence()) {
      case TRIGGER -> Optional.of(PostgresFence.Kind.TRIGGER);
      case REVOKE -> Optional.of(PostgresFence.Kind.REVOKE);
      case READ_ONLY -> Optional.of(PostgresFence.Kind.READ_ONLY);
      case COMMAND -> Optional.empty();
    };
  }

  /** Makes its plan durable. A plan that is on record stays: it says how things were. */
  static String plan(Drive drive) {
    Optional<String> kept = drive.store().fence(drive.left());
    String plan =
        kept.orElseGet(
            () ->
                kind(drive.config().cutover())
                    .map(
                        kind ->
                            drive.onFrom(
                                "planning the fence",
                                from ->
                                    PostgresFence.plan(
                                            from,
                                            kind,
                                            drive.leg().tables(),
                                            drive.config().cutover().fenceExempt())
                                        .text()))
                    .orElse(COMMAND_ONLY));
    return drive.store().keepFence(drive.attempt(), drive.left(), plan);
  }

  /** Does ahead what has to wait for locks; nothing is refused yet. */
  static void prepare(Drive drive, String plan, Duration lockWait) {
    if (!plan.equals(COMMAND_ONLY)) {
      drive.onFrom(
          "preparing the fence",
          from -> {
            PostgresFence.prepare(from, FencePlan.parse(plan), lockWait);
            return true;
          });
    }
  }

  /** Raises it as planned. The program comes first: it may end an application in good order. */
  static void raise(Drive drive, String plan, Duration lockWait) {
    String command = drive.config().cutover().fenceCommand();
    if (command != null) {
      command(drive, drive.left(), "fence-command", command, drive.budget().left());
    }
    if (!plan.equals(COMMAND_ONLY)) {
      drive.onFrom(
          "raising the fence",
          from -> {
            PostgresFence.raise(from, FencePlan.parse(plan), lockWait);
            return true;
          });
    }
  }

  /** Whether the database's own fence is up as planned. */
  private static boolean isUp(Drive drive) {
    return drive
        .store()
        .fence(drive.left())
        .filter(plan -> !plan.equals(COMMAND_ONLY))
        .map(
            plan ->
                drive.onFrom(
                    "looking at the fence",
                    from -> PostgresFence.isUp(from, FencePlan.parse(plan))))
        .orElse(true);
  }

  /**
   * Lets writes through on a side whose fence is on record; nothing if there is none. What does no
   * harm any more may be left of it, for {@link #sweep}: a reader must not keep the writers away.
   */
  static void open(Drive drive, FenceSide side) {
    drive
        .store()
        .fence(side)
        .ifPresent(
            plan -> {
              try {
                lower(drive, side, plan);
              } catch (Failure failure) {
                if (!failure.code().equals("FENCE_REMAINS")) {
                  throw failure;
                }
                drive.progress().says(String.valueOf(failure.getMessage()));
              }
              unfence(drive, side);
            });
  }

  /**
   * Removes what is left of a side's fence that was opened, and its plan.
   *
   * @throws Failure TRANSIENT FENCE_REMAINS if somebody reads a table all the time
   */
  static void sweep(Drive drive, FenceSide side) {
    drive
        .store()
        .fence(side)
        .ifPresent(
            plan -> {
              lower(drive, side, plan);
              drive.store().forgetFence(drive.attempt(), side);
            });
  }

  private static void lower(Drive drive, FenceSide side, String plan) {
    if (plan.equals(COMMAND_ONLY)) {
      return;
    }
    Drive.Work<Boolean> lowering =
        connection -> {
          PostgresFence.lower(connection, FencePlan.parse(plan));
          return true;
        };
    drive.on(side, "lowering the fence", lowering);
  }

  /**
   * @throws Failure CONFLICT if the fence of the side that is left was changed by somebody
   */
  static void requireUp(Drive drive) {
    if (!isUp(drive)) {
      throw new Failure(
          FailureKind.CONFLICT,
          "FENCE_GONE",
          "The fence on the %s does not stand any more as it was raised: somebody has changed it."
              .formatted(drive.left().word()));
    }
  }

  /** Lowers one by its plan alone. */
  static void lower(Connection side, String plan, CutoverConfig config, WaveId wave, FenceSide name)
      throws SQLException {
    if (!plan.equals(COMMAND_ONLY)) {
      PostgresFence.lower(side, FencePlan.parse(plan));
    }
    String command = config.unfenceCommand();
    if (command != null) {
      run(wave, name, "unfence-command", command).within(UNDO_LIMIT);
    }
  }

  private static void unfence(Drive drive, FenceSide side) {
    String command = drive.config().cutover().unfenceCommand();
    if (command != null) {
      command(drive, side, "unfence-command", command, UNDO_LIMIT);
    }
  }

  /** Runs a program of the user's about a side. */
  static void command(Drive drive, FenceSide side, String name, String line, Duration limit) {
    drive.requireOwned();
    run(drive.wave(), side, name, line).within(limit);
  }

  private static CommandRun run(WaveId wave, FenceSide side, String name, String line) {
    return new CommandRun(
        name,
        line,
        Map.of(
            "VEER_MIGRATION",
            wave.migration(),
            "VEER_WAVE",
            wave.wave(),
            "VEER_SIDE",
            side.word()));
  }
}
