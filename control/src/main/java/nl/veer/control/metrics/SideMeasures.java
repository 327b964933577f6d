package nl.veer.control.metrics;

import static nl.veer.control.metrics.Measure.gauge;

import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import nl.veer.control.cutover.Attempt;
import nl.veer.control.gate.PredicateState;
import nl.veer.control.reading.RoleState;
import nl.veer.control.reading.SlotReading;
import nl.veer.control.reading.WaveReading;
import org.jspecify.annotations.Nullable;

/** Roles, slots, the gate and the cutover. */
final class SideMeasures {
  /** What a gate said earlier is nothing to decide by. */
  static final Duration GATE_HOLDS = Duration.ofHours(1);

  private final Supplier<Instant> now;
  private final GateSource gates;

  SideMeasures(Supplier<Instant> now, GateSource gates) {
    this.now = now;
    this.gates = gates;
  }

  List<Measure<WaveReading>> all() {
    List<Measure<WaveReading>> all = new ArrayList<>(roles());
    all.addAll(slots());
    all.addAll(gate());
    all.addAll(cutover());
    return all;
  }

  private List<Measure<WaveReading>> roles() {
    return List.of(
        gauge(
            "veer.role.up",
            "",
            "1 if a role of this process does what it is there for, or waits for its turn.",
            wave ->
                wave.roles().stream()
                    .filter(role -> role.here())
                    .map(
                        role ->
                            Sample.of(
                                Sample.number(
                                    role.state() == RoleState.WELL
                                        || role.state() == RoleState.WAITING),
                                "role",
                                role.role()))
                    .toList()),
        gauge(
            "veer.role.state",
            "",
            "1 for the state that a role is in, here or as the databases see it.",
            wave ->
                wave.roles().stream()
                    .map(
                        role ->
                            Sample.of(
                                1,
                                "role",
                                role.role(),
                                "state",
                                role.state().name(),
                                "here",
                                Boolean.toString(role.here())))
                    .toList()),
        gauge(
            "veer.role.state.seconds",
            "seconds",
            "How long a role has been in its state.",
            wave ->
                wave.roles().stream()
                    .map(
                        role ->
                            Sample.of(
                                Math.max(
                                    0, Sample.seconds(Duration.between(role.since(), now.get()))),
                                "role",
                                role.role()))
                    .toList()));
  }

  private static List<Measure<WaveReading>> slots() {
    return List.of(
        gauge(
            "veer.slot.retained.bytes",
            "bytes",
            "WAL that the server keeps for the slot.",
            slot(slot -> Sample.one(slot.retainedBytes()))),
        gauge(
            "veer.slot.safe.bytes",
            "bytes",
            "WAL that can be written before the slot may be lost; absent without a bound.",
            slot(slot -> Sample.one(slot.safeBytes()))),
        gauge(
            "veer.slot.active",
            "",
            "1 if somebody reads the slot.",
            slot(slot -> Sample.one((Boolean) slot.active()))),
        gauge(
            "veer.slot.lost",
            "",
            "1 if WAL that the slot's reader needs is gone.",
            slot(slot -> Sample.one((Boolean) slot.lost()))),
        gauge(
            "veer.slot.loss.seconds",
            "seconds",
            "Until the slot may be lost at the present rate; absent where it does not come nearer.",
            slot(slot -> CarryMeasures.forecast(slot.loss()))));
  }

  private static Function<WaveReading, List<Sample>> slot(
      Function<SlotReading, List<Sample>> value) {
    return wave -> {
      List<Sample> samples = new ArrayList<>();
      slot(samples, "log", wave.around().logSlot(), value);
      slot(samples, "echo", wave.around().echoSlot(), value);
      return samples;
    };
  }

  private static void slot(
      List<Sample> samples,
      String of,
      @Nullable SlotReading slot,
      Function<SlotReading, List<Sample>> value) {
    if (slot != null) {
      value.apply(slot).forEach(sample -> samples.add(sample.with(Tags.of("slot", of))));
    }
  }

  private List<Measure<WaveReading>> gate() {
    return List.of(
        gauge(
            "veer.gate.open",
            "",
            "1 if the gate was open when it was last asked; absent if that was over an hour ago.",
            gate((note, at) -> Sample.one((Boolean) note.report().open()))),
        gauge(
            "veer.gate.age.seconds",
            "seconds",
            "Since the gate was last asked.",
            gate((note, at) -> Sample.one(Sample.seconds(Duration.between(note.at(), at))))),
        gauge(
            "veer.gate.predicate",
            "",
            "1 if a predicate of the gate lets pass, 0 if it is shut; absent if it is unknown.",
            gate(
                (note, at) ->
                    note.report().predicates().stream()
                        .filter(one -> !(one.state() instanceof PredicateState.Unknown))
                        .map(
                            one ->
                                Sample.of(
                                    Sample.number(one.state().passes()), "predicate", one.name()))
                        .toList())));
  }

  private Function<WaveReading, List<Sample>> gate(
      BiFunction<GateNote, Instant, List<Sample>> value) {
    return wave -> {
      Optional<GateNote> last = gates.last(wave.wave(), wave.leg());
      Instant at = now.get();
      return last.filter(note -> holds(note.at(), at))
          .map(note -> value.apply(note, at))
          .orElse(List.of());
    };
  }

  /** After a clock is set back, what was asked later than now says nothing of now. */
  private static boolean holds(Instant asked, Instant now) {
    return !now.isBefore(asked) && !now.isAfter(asked.plus(GATE_HOLDS));
  }

  private List<Measure<WaveReading>> cutover() {
    return List.of(
        gauge(
            "veer.cutover.running",
            "",
            "1 while an attempt to cut over, or to rehearse that, is not finished.",
            SideMeasures::running),
        gauge(
            "veer.cutover.state",
            "",
            "1 for the state of the last attempt.",
            attempt(
                last ->
                    List.of(
                        Sample.of(1, "kind", last.kind().name(), "state", last.state().word())))),
        gauge(
            "veer.cutover.outage.seconds",
            "seconds",
            "How long the last attempt refused writes, so far if it goes on.",
            attempt(last -> last.outage(now.get()).map(SideMeasures::one).orElse(List.of()))),
        gauge(
            "veer.cutover.budget.seconds",
            "seconds",
            "How long the last attempt may refuse writes.",
            attempt(last -> one(last.budget()))));
  }

  /** Without an attempt none runs; but only if that was read. */
  private static List<Sample> running(WaveReading wave) {
    Attempt last = wave.around().attempt();
    return wave.around().read()
        ? Sample.one((Boolean) (last != null && !last.isFinished()))
        : List.of();
  }

  private static Function<WaveReading, List<Sample>> attempt(
      Function<Attempt, List<Sample>> value) {
    return wave -> {
      Attempt last = wave.around().attempt();
      return last == null ? List.of() : value.apply(last);
    };
  }

  private static List<Sample> one(Duration time) {
    return Sample.one(Sample.seconds(time));
  }
}
