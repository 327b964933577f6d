package nl.veer.control.dashboard.command;

import java.util.function.Consumer;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.StopSignal;

/** Does what is asked for. Safe for use by several threads. */
public interface CommandDriver {
  /**
   * Does it, to its end.
   *
   * @param stop it is given up when that is raised
   * @param says told what it does now
   * @throws Failure if it could not be brought to an end
   */
  CommandOutcome drive(CommandOrder order, StopSignal stop, Consumer<String> says);

  /**
   * Keeps something in the audit log.
   *
   * @param wave empty for the migration as a whole
   * @throws Failure as the log's database says
   */
  void audit(String wave, String what, String result);
}
