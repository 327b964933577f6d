package nl.veer.control.dashboard;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.control.dashboard.command.CommandDriver;
import nl.veer.control.dashboard.command.CommandName;
import nl.veer.control.dashboard.command.CommandOrder;
import nl.veer.control.dashboard.command.CommandOutcome;
import org.jspecify.annotations.Nullable;

/** Does nothing, and says what came of it: when it may, or when it is told to stop. */
public final class PlainDriver implements CommandDriver {
  private static final Duration LOOK = Duration.ofMillis(5);

  /** An entry of the audit log, as {@code wave | what | result}. */
  public final List<String> audit = new CopyOnWriteArrayList<>();

  public final List<CommandOrder> driven = new CopyOnWriteArrayList<>();

  /** Nothing but ABORT ends before it is raised. */
  public volatile StopSignal mayEnd = raised();

  /** How ABORT ends; by itself, that no attempt stands. */
  public volatile CommandOutcome abort =
      CommandOutcome.refused(CommandOutcome.NOTHING_STANDS, "No attempt stands.");

  private volatile @Nullable RuntimeException trouble;

  private static StopSignal raised() {
    StopSignal signal = new StopSignal();
    signal.raise();
    return signal;
  }

  /** From now on what is under way stays so; until {@link #mayEnd} is raised. */
  public void hold() {
    mayEnd = new StopSignal();
  }

  /** From now on nothing is kept in the audit log; null to keep again. */
  public void failAudit(@Nullable RuntimeException with) {
    trouble = with;
  }

  @Override
  public CommandOutcome drive(CommandOrder order, StopSignal stop, Consumer<String> says) {
    driven.add(order);
    if (order.command() == CommandName.ABORT) {
      return abort;
    }
    says.accept("FENCED begins.");
    while (!mayEnd.isRaised()) {
      if (stop.await(LOOK)) {
        return CommandOutcome.failed("ABORTED", "CUTOVER_STOPPED", "Asked to stop.");
      }
    }
    return switch (order.command()) {
      case REHEARSE -> CommandOutcome.done("REHEARSED", "Attempt 1: REHEARSED.");
      case CUTOVER, FALLBACK -> CommandOutcome.done("OPENED", "Attempt 2: OPENED.");
      case SCAN -> CommandOutcome.done("EQUAL", "EQUAL: 3 tables, 6,000 rows at the source");
      case PAUSE -> CommandOutcome.done("PAUSED", "The wave's scans rest.");
      case RESUME -> CommandOutcome.refused("NOT_PAUSED", "Nobody has the wave's scans rest.");
      case ABORT -> abort;
    };
  }

  @Override
  public void audit(String wave, String what, String result) {
    RuntimeException thrown = trouble;
    if (thrown != null) {
      throw thrown;
    }
    audit.add(wave + " | " + what + " | " + result);
  }
}
