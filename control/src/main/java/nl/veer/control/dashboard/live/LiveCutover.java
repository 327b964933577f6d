package nl.veer.control.dashboard.live;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.control.config.VeerConfig;
import nl.veer.control.cutover.Attempt;
import nl.veer.control.cutover.AttemptKind;
import nl.veer.control.cutover.Cutover;
import nl.veer.control.cutover.CutoverTerms;
import nl.veer.control.dashboard.command.CommandName;
import nl.veer.control.dashboard.command.CommandOrder;
import nl.veer.control.dashboard.command.CommandOutcome;
import nl.veer.control.gate.Gate;
import nl.veer.control.gate.GateReport;
import nl.veer.control.gate.GateSide;
import nl.veer.control.gate.Predicate;
import nl.veer.control.gate.RehearsalsOnRecord;
import nl.veer.control.wave.Leg;
import nl.veer.control.wave.Legs;
import nl.veer.control.wave.Migration;
import nl.veer.control.wave.OpenLog;
import nl.veer.control.wave.Waves;

/**
 * An attempt that somebody asks for: the gate is looked at, and if it is open the attempt is driven
 * to its end, as {@code veer cutover} does it. Owned by one thread.
 */
final class LiveCutover {
  private final VeerConfig config;
  private final Supplier<OpenLog> log;
  private final StopSignal stop;
  private final Consumer<String> says;

  LiveCutover(VeerConfig config, Supplier<OpenLog> log, StopSignal stop, Consumer<String> says) {
    this.config = config;
    this.log = log;
    this.stop = stop;
    this.says = says;
  }

  /** Until the attempt begins nothing is done, and a failure is a refusal. */
  CommandOutcome attempt(CommandOrder order) {
    AttemptKind kind =
        order.command() == CommandName.REHEARSE ? AttemptKind.REHEARSAL : AttemptKind.CUTOVER;
    Migration migration;
    Leg leg;
    try {
      migration = Migration.of(config);
      leg = Objects.requireNonNull(Legs.current(migration).get(wave(order)));
      if (order.command().moves()) {
        CutoverTerms.requireDirection(leg, order.command() == CommandName.FALLBACK);
      }
      Optional<CommandOutcome> shut = against(migration, leg, kind);
      if (shut.isPresent()) {
        return shut.get();
      }
    } catch (Failure failure) {
      return CommandOutcome.refused(failure.code(), String.valueOf(failure.getMessage()));
    }
    Duration budget = Objects.requireNonNullElse(order.budget(), config.cutover().maxOutage());
    SaidProgress progress = new SaidProgress(says);
    return AttemptEnd.ofRun(
        () -> {
          try (Cutover cutover = new Cutover(config, migration, leg, log, stop, progress)) {
            return cutover.run(kind, budget);
          }
        },
        progress::hasBegun,
        () -> undone(leg));
  }

  private Optional<CommandOutcome> against(Migration migration, Leg leg, AttemptKind kind) {
    says.accept("The gate is looked at.");
    GateReport gate =
        new Gate(
                config.cutover(),
                config.verification(),
                log,
                new RehearsalsOnRecord(),
                Clock.systemUTC(),
                stop)
            .read(GateSide.of(migration, leg));
    if (stop.isRaised()) {
      return Optional.of(
          CommandOutcome.refused("CUTOVER_STOPPED", "It was given up before it began."));
    }
    if (CutoverTerms.isOpen(gate, kind)) {
      return Optional.empty();
    }
    List<Predicate> shut = CutoverTerms.blockers(gate, kind);
    String first = shut.get(0).name() + ": " + shut.get(0).state().value();
    String more = shut.size() == 1 ? "" : " And %d more.".formatted(shut.size() - 1);
    return Optional.of(
        CommandOutcome.refused(
            gate.isKnown() ? "GATE_SHUT" : "GATE_UNKNOWN",
            "The gate is shut: %s%s".formatted(first, more)));
  }

  /** Undoes what stands, whoever drives it: that needs no table, and not each server. */
  CommandOutcome abort(CommandOrder order) {
    Leg leg = Objects.requireNonNull(Legs.current(config).get(wave(order)));
    return AttemptEnd.ofAbort(() -> undone(leg));
  }

  private Optional<Attempt> undone(Leg leg) {
    try (Cutover cutover =
        new Cutover(config, Migration.bare(config), leg, log, stop, new SaidProgress(says))) {
      return cutover.abort();
    }
  }

  private WaveId wave(CommandOrder order) {
    return Waves.chosen(config, order.wave()).get(0);
  }
}
