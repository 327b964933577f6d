package nl.veer.browser;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.control.dashboard.command.CommandDriver;
import nl.veer.control.dashboard.command.CommandOrder;
import nl.veer.control.dashboard.command.CommandOutcome;

/** Does at once what a shop is asked for, and notes it. Safe for use by several threads. */
final class ShopDriver implements CommandDriver {
  /** As the audit log would have it: wave, what, result. */
  final List<String> audit = new CopyOnWriteArrayList<>();

  @Override
  public CommandOutcome drive(CommandOrder order, StopSignal stop, Consumer<String> says) {
    return switch (order.command()) {
      case REHEARSE -> CommandOutcome.done("REHEARSED", "Attempt 1: REHEARSED.");
      case CUTOVER, FALLBACK -> CommandOutcome.done("OPENED", "Attempt 2: OPENED.");
      case SCAN -> CommandOutcome.done("EQUAL", "EQUAL: each table was looked at.");
      case PAUSE -> CommandOutcome.done("PAUSED", "The wave's scans rest.");
      case RESUME -> CommandOutcome.refused("NOT_PAUSED", "Nobody has the wave's scans rest.");
      case ABORT -> CommandOutcome.refused(CommandOutcome.NOTHING_STANDS, "No attempt stands.");
    };
  }

  @Override
  public void audit(String wave, String what, String result) {
    audit.add(wave + " | " + what + " | " + result);
  }
}
