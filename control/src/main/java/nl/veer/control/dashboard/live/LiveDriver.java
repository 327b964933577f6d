package nl.veer.control.dashboard.live;

import java.util.function.Consumer;
import java.util.function.Supplier;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.control.audit.Audited;
import nl.veer.control.config.VeerConfig;
import nl.veer.control.dashboard.command.CommandDriver;
import nl.veer.control.dashboard.command.CommandOrder;
import nl.veer.control.dashboard.command.CommandOutcome;
import nl.veer.control.wave.OpenLog;

/**
 * Does what is asked for over the dashboard by the code that the command line uses, in this
 * process: the same records, the same gate, the same ways out. Safe for use by several threads.
 */
public final class LiveDriver implements CommandDriver {
  private final VeerConfig config;
  private final Supplier<OpenLog> log;

  /**
   * @param log where the legs' logs are now; what it finds is the caller's to close
   */
  public LiveDriver(VeerConfig config, Supplier<OpenLog> log) {
    this.config = config;
    this.log = log;
  }

  @Override
  public CommandOutcome drive(CommandOrder order, StopSignal stop, Consumer<String> says) {
    return switch (order.command()) {
      case PAUSE -> new LivePause(config).begin(order);
      case RESUME -> new LivePause(config).end(order);
      case SCAN -> new LiveScan(config, log, stop, says).run(order);
      case REHEARSE, CUTOVER, FALLBACK -> new LiveCutover(config, log, stop, says).attempt(order);
      case ABORT -> new LiveCutover(config, log, stop, says).abort(order);
    };
  }

  @Override
  public void audit(String wave, String what, String result) {
    Audited.of(config).kept(wave, what, result);
  }
}
