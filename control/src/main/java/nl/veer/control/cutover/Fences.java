package nl.veer.control.cutover;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import nl.veer.connectors.dialect.postgres.FencePlan;
import nl.veer.connectors.dialect.postgres.PostgresFence;
import nl.veer.connectors.event.WaveId;
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
  static boolean isUp(Drive drive) {
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

  /** Lowers what is on record of the side that is left; nothing if there is nothing. */
  static void lower(Drive drive) {
    drive
        .store()
        .fence(drive.left())
        .ifPresent(
            plan -> {
              if (!plan.equals(COMMAND_ONLY)) {
                drive.onFrom(
                    "lowering the fence",
                    from -> {
                      PostgresFence.lower(from, FencePlan.parse(plan));
                      return true;
                    });
              }
              unfence(drive, drive.left());
              drive.store().forgetFence(drive.attempt(), drive.left());
            });
  }

  /** Lowers the other side's, which stands there since that side was left. */
  static void lowerOther(Drive drive) {
    FenceSide other = drive.left().other();
    drive
        .store()
        .fence(other)
        .ifPresent(
            plan -> {
              if (!plan.equals(COMMAND_ONLY)) {
                drive.onTo(
                    "lowering the fence",
                    to -> {
                      PostgresFence.lower(to, FencePlan.parse(plan));
                      return true;
                    });
              }
              unfence(drive, other);
              drive.store().forgetFence(drive.attempt(), other);
            });
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
