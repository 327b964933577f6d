package nl.veer.control.cli;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import nl.veer.control.gate.GateReport;

/**
 * Somebody is shown a gate and asked whether to go on. Whoever thinks about it for long has seen a
 * gate that may have shut since: it is read again.
 */
final class GateConfirmation {
  /** Longer than it takes to write a name; a gate hardly shuts within it. */
  static final Duration FRESH = Duration.ofSeconds(10);

  private final BooleanSupplier ask;
  private final Supplier<GateReport> gate;
  private final LongSupplier nanos;

  /**
   * @param nanos a clock as {@link System#nanoTime}
   */
  GateConfirmation(BooleanSupplier ask, Supplier<GateReport> gate, LongSupplier nanos) {
    this.ask = ask;
    this.gate = gate;
    this.nanos = nanos;
  }

  /** The gate by which one goes on; empty if that is not wanted. */
  Optional<GateReport> of(GateReport shown) {
    long begin = nanos.getAsLong();
    if (!ask.getAsBoolean()) {
      return Optional.empty();
    }
    boolean fresh = nanos.getAsLong() - begin <= FRESH.toNanos();
    return Optional.of(fresh ? shown : gate.get());
  }
}
