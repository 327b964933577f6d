package nl.veer.control.dashboard.command;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import nl.veer.control.config.DashboardRole;
import nl.veer.control.dashboard.work.Refused;
import nl.veer.control.dashboard.work.Refused.Why;
import org.jspecify.annotations.Nullable;

/**
 * Who may ask for what, and when. Pure.
 *
 * @param on whether commands are taken at all
 * @param approval whether a second person must say yes to what moves production
 * @param maxOutage how long writes may be refused where an order does not say
 */
public record CommandRules(boolean on, boolean approval, Duration maxOutage) {
  /** Whoever asks for any of it has this role at least. */
  public static final DashboardRole ASKS = DashboardRole.OPERATOR;

  /** Whoever says yes to what another asks for has this one. */
  public static final DashboardRole APPROVES = DashboardRole.APPROVER;

  /** Whether it has to wait for a second person. */
  boolean waits(CommandName command) {
    return approval && command.moves();
  }

  /**
   * What is against it; empty if nothing is.
   *
   * @param open what is under way in the wave, or waits
   */
  Optional<Refused> against(CommandName command, Caller caller, List<Command> open) {
    if (!on) {
      return refusal(Why.FORBIDDEN, "COMMANDS_OFF", "dashboard.commands is false.");
    }
    if (!caller.role().covers(ASKS)) {
      return refusal(
          Why.FORBIDDEN,
          "ROLE",
          "This needs the role %s; %s has %s."
              .formatted(word(ASKS), caller.name(), word(caller.role())));
    }
    return open.stream().flatMap(other -> against(command, other).stream()).findFirst();
  }

  private Optional<Refused> against(CommandName command, Command other) {
    CommandName under = other.order().command();
    if (other.isWaiting()) {
      return waits(command)
          ? refusal(
              Why.CONFLICT, "COMMAND_WAITS", "A %s waits for approval.".formatted(under.word()))
          : Optional.empty();
    }
    return command != CommandName.ABORT || under == CommandName.ABORT
        ? refusal(
            Why.CONFLICT, "COMMAND_RUNS", "The command %s is under way.".formatted(under.word()))
        : Optional.empty();
  }

  /** What is against saying yes or no to it. */
  Optional<Refused> against(Caller caller, Command command) {
    if (!command.isWaiting()) {
      return refusal(
          Why.CONFLICT, "COMMAND_OVER", "It does not wait for approval: " + command.state() + ".");
    }
    if (command.order().asker().person().equals(caller.person())) {
      return refusal(
          Why.FORBIDDEN,
          "APPROVAL_OWN",
          "%s has asked for it: somebody else has to say yes or no.".formatted(caller.name()));
    }
    return Optional.empty();
  }

  /**
   * What somebody may ask for in a wave now, and why not.
   *
   * @param leg that the wave is on; null if that is not known
   */
  List<CommandChoice> choices(
      Caller caller, String wave, @Nullable Integer leg, List<Command> open) {
    return Arrays.stream(CommandName.values())
        .map(
            command -> {
              String why =
                  against(command, caller, open)
                      .map(Refused::words)
                      .orElseGet(() -> wrongWay(command, leg));
              return new CommandChoice(wave, command, why == null, why);
            })
        .toList();
  }

  private static @Nullable String wrongWay(CommandName command, @Nullable Integer leg) {
    if (!command.moves() || leg == null || (leg % 2 == 1) == (command == CommandName.FALLBACK)) {
      return null;
    }
    return leg % 2 == 1 ? "The wave is on the target already." : "The wave is on the source.";
  }

  private static Optional<Refused> refusal(Why why, String code, String words) {
    return Optional.of(new Refused(why, code, words));
  }

  private static String word(DashboardRole role) {
    return role.name().toLowerCase(Locale.ROOT);
  }
}
