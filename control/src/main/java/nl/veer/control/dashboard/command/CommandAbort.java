package nl.veer.control.dashboard.command;

import java.util.List;
import java.util.stream.Collectors;

/** What came of ABORT where no attempt stands any more, by what became of the others. Pure. */
final class CommandAbort {
  private CommandAbort() {}

  /**
   * @param others what was under way in the wave, or waited there, when it was asked for
   */
  static CommandOutcome of(List<Command> others) {
    List<Command> open = others.stream().filter(one -> one.endedAt() == null).toList();
    if (!open.isEmpty()) {
      return CommandOutcome.failed(
          null,
          "COMMAND_RUNS",
          "It was told to stop and has not ended yet: %s.".formatted(words(open)));
    }
    List<Command> done = others.stream().filter(one -> one.state() == CommandState.DONE).toList();
    return done.isEmpty()
        ? CommandOutcome.done("ABORTED", "It was ended: %s.".formatted(words(others)))
        : CommandOutcome.failed(
            null, "ABORT_TOO_LATE", "It came to its end before: %s.".formatted(words(done)));
  }

  private static String words(List<Command> commands) {
    return commands.stream()
        .map(one -> one.order().command().word())
        .collect(Collectors.joining(", "));
  }
}
