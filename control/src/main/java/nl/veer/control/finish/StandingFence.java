package nl.veer.control.finish;

import nl.veer.connectors.dialect.postgres.FencePlan;

/**
 * A fence that stands when a migration is finished.
 *
 * @param side {@code source} or {@code target}: the side that refuses writes
 * @param kind {@code trigger}, {@code revoke}, {@code read-only} or {@code command}
 * @param byHand what takes it away without Veer, on that side
 */
public record StandingFence(String side, String kind, String byHand) {

  /**
   * @param plan as it is on record; empty for one that is nothing but the user's program
   */
  static StandingFence of(String side, String plan) {
    if (plan.isEmpty()) {
      return new StandingFence(side, "command", "undo what your fence-command has done");
    }
    return switch (FencePlan.parse(plan).kind()) {
      case TRIGGER -> new StandingFence(side, "trigger", "DROP SCHEMA veer_fence CASCADE;");
      case REVOKE ->
          new StandingFence(side, "revoke", "GRANT again what the plan in the report says");
      case READ_ONLY ->
          new StandingFence(
              side,
              "read-only",
              "ALTER DATABASE … RESET default_transaction_read_only; and the same for the roles in"
                  + " the report's plan");
    };
  }
}
