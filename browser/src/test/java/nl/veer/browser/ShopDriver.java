package nl.veer.browser;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.control.dashboard.command.CommandDriver;
import nl.veer.control.dashboard.command.CommandOrder;
import nl.veer.control.dashboard.command.CommandOutcome;

/** Does for the shop what it is asked for, at once. Safe for use by several threads. */
final class ShopDriver implements CommandDriver {
  /** What it was asked for, in order. */
  final List<CommandOrder> orders = new CopyOnWriteArrayList<>();

  @Override
  public CommandOutcome drive(CommandOrder order, StopSignal stop, Consumer<String> says) {
    orders.add(order);
    says.accept("at work");
    return CommandOutcome.done("DONE", "It is done.");
  }

  @Override
  public void audit(String wave, String what, String result) {
    // The shop's audit log is told of by the shop.
  }
}
