package nl.veer.control.gate;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nl.veer.control.gate.PredicateName.Waiving;
import nl.veer.control.gate.PredicateState.Shut;
import nl.veer.control.gate.PredicateState.Unknown;
import nl.veer.control.gate.PredicateState.Waived;
import org.jspecify.annotations.Nullable;

/**
 * How a wave's gate stands. It is open if and only if every predicate holds or is waived.
 *
 * @param wave the leg's: a wave's own name on its first leg
 * @param predicates what is shut first, then what is not known, what is waived, what holds
 * @param projected when it will be open if all goes on as it does; null if it is, or if that cannot
 *     be said
 */
public record GateReport(
    String wave, boolean open, List<Predicate> predicates, @Nullable Instant projected) {

  public GateReport {
    predicates = List.copyOf(predicates);
  }

  /**
   * Judges what was read.
   *
   * @param read one of each name; what is missing is not known
   * @param waivers by predicate; such as may not be waived, or is not known, stays as it is
   */
  public static GateReport of(String wave, List<Predicate> read, Map<String, Waiver> waivers) {
    List<Predicate> all = new ArrayList<>();
    for (PredicateName name : PredicateName.values()) {
      Predicate one =
          read.stream()
              .filter(predicate -> predicate.name().equals(name.text()))
              .findFirst()
              .orElseGet(() -> unread(name));
      all.add(waived(name, one, waivers.get(name.text())));
    }
    all.sort(Comparator.comparingInt(GateReport::rank));
    return new GateReport(
        wave, all.stream().allMatch(one -> one.state().passes()), all, projected(all));
  }

  private static Predicate unread(PredicateName name) {
    return name.is(new Unknown("It was not looked at.", "Ask again with: veer gate"));
  }

  private static Predicate waived(PredicateName name, Predicate read, @Nullable Waiver waiver) {
    return waiver != null && name.waiving() != Waiving.NEVER && read.state() instanceof Shut shut
        ? new Predicate(read.name(), new Waived(shut.value(), waiver.reason(), waiver.by()))
        : read;
  }

  private static int rank(Predicate predicate) {
    PredicateState state = predicate.state();
    if (state instanceof Shut) {
      return 0;
    }
    if (state instanceof Unknown) {
      return 1;
    }
    return state instanceof Waived ? 2 : 3;
  }

  /** The last of all that is in the way; nothing if of one of them it cannot be said. */
  private static @Nullable Instant projected(List<Predicate> all) {
    Instant last = null;
    for (Predicate one : all) {
      if (one.state() instanceof Unknown) {
        return null;
      }
      if (one.state() instanceof Shut shut) {
        Instant at = shut.projected();
        if (at == null) {
          return null;
        }
        last = last == null || at.isAfter(last) ? at : last;
      }
    }
    return last;
  }

  /** What is in the way, the first first. */
  public List<Predicate> blockers() {
    return predicates.stream().filter(one -> !one.state().passes()).toList();
  }

  public Optional<Predicate> firstBlocker() {
    return blockers().stream().findFirst();
  }

  /** The parts of the proof that are missing by somebody's decision. */
  public List<Predicate> shouted() {
    return predicates.stream().filter(Predicate::isShouted).toList();
  }

  /** Whether there is an answer: it is open, or something is known to be in the way. */
  public boolean isKnown() {
    return open || predicates.stream().anyMatch(one -> one.state() instanceof Shut);
  }

  /** For people. */
  public String sentence() {
    return open
        ? "The gate is open."
        : firstBlocker()
            .map(one -> "The gate is shut: " + one.name() + ": " + one.state().value())
            .orElse("The gate is shut.");
  }
}
