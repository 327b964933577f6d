package nl.veer.control.demo;

import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import nl.veer.control.gate.Gate;
import nl.veer.control.gate.GateReport;
import nl.veer.control.gate.GateSide;
import nl.veer.control.gate.PredicateName;
import nl.veer.control.gate.RehearsalsOnRecord;

/** Third act, played twice: what is in the way of a cutover, before its rehearsal and behind it. */
final class GateAct {
  /** A lag passes, and a scan that is under way ends. */
  private static final Duration NO_FAULT = Duration.ofSeconds(30);

  private static final Duration MOST = Duration.ofMinutes(3);

  private final DemoStage stage;

  GateAct(DemoStage stage) {
    this.stage = stage;
  }

  /** Whether nothing is in the way but the rehearsal, which comes next. */
  boolean opensForRehearsal() {
    return opens(Set.of(PredicateName.REHEARSED.text()));
  }

  /** Whether nothing is in the way. */
  boolean opens() {
    return opens(Set.of());
  }

  private boolean opens(Set<String> still) {
    Gate gate =
        new Gate(
            stage.config().cutover(),
            stage.config().verification(),
            stage::log,
            new RehearsalsOnRecord(),
            Clock.systemUTC(),
            stage.audience().stop());
    GateSide side = GateSide.of(stage.migration(), stage.leg());
    Patience patience = new Patience(stage, "The gate stays shut", NO_FAULT, MOST);
    GateReport report = gate.read(side);
    while (!isOpen(report, still) && patience.lasts()) {
      report = gate.read(side);
    }
    if (stage.audience().hasLeft()) {
      return false;
    }
    stage.audience().screen().gate(report);
    return isOpen(report, still);
  }

  private static boolean isOpen(GateReport report, Set<String> still) {
    return report.blockers().stream().allMatch(one -> still.contains(one.name()));
  }
}
