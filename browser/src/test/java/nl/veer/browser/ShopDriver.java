package nl.veer.browser;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.control.dashboard.command.CommandDriver;
import nl.veer.control.dashboard.command.CommandOrder;
import nl.veer.control.dashboard.command.CommandOutcome;

/**
 * Does for the shop what it is asked for: attempts take their time, all else is done at once. Safe
 * for use by several threads.
 */
final class ShopDriver implements CommandDriver {
  private static final Duration LOOK = Duration.ofMillis(20);

  private final ShopAttempts attempts;
  private final Consumer<String> audit;

  /** What it was asked for, in order. */
  final List<CommandOrder> orders = new CopyOnWriteArrayList<>();

  /**
   * @param audit takes what is kept in the audit log, in a line
   */
  ShopDriver(ShopAttempts attempts, Consumer<String> audit) {
    this.attempts = attempts;
    this.audit = audit;
  }

  @Override
  public CommandOutcome drive(CommandOrder order, StopSignal stop, Consumer<String> says) {
    orders.add(order);
    says.accept("at work");
    return switch (order.command()) {
      case REHEARSE -> attempt("REHEARSAL", "REHEARSED", stop);
      case CUTOVER, FALLBACK -> attempt("CUTOVER", "OPENED", stop);
      case ABORT -> abort();
      case SCAN -> CommandOutcome.done("EQUAL", "All tables were compared.");
      case PAUSE -> CommandOutcome.done("PAUSED", "Its scans rest.");
      case RESUME -> CommandOutcome.done("RESUMED", "Its scans go on.");
    };
  }

  private CommandOutcome attempt(String kind, String end, StopSignal stop) {
    attempts.begin(kind);
    while (attempts.isUnderWay()) {
      if (stop.await(LOOK)) {
        attempts.abort();
        return CommandOutcome.failed("ABORTED", "CUTOVER_STOPPED", "It was asked to end.");
      }
    }
    return CommandOutcome.done(end, "It came to its end.");
  }

  private CommandOutcome abort() {
    return attempts.abort()
        ? CommandOutcome.done("ABORTED", "Nothing is left of it.")
        : CommandOutcome.refused(CommandOutcome.NOTHING_STANDS, "No attempt stands.");
  }

  @Override
  public void audit(String wave, String what, String result) {
    audit.accept(wave + " | " + what + " | " + result);
  }
}
