package nl.veer.control.cutover;

import java.util.List;
import java.util.Set;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.control.gate.GateReport;
import nl.veer.control.gate.Predicate;
import nl.veer.control.gate.PredicateName;
import nl.veer.control.wave.Leg;

/** What must be so before an attempt begins, whoever asks for it. Pure. */
public final class CutoverTerms {
  /** After these, nothing was done. */
  private static final Set<String> NOT_BEGUN =
      Set.of("CUTOVER_STANDS", "CUTOVER_LEG", "CUTOVER_TOO_LATE");

  private CutoverTerms() {}

  /**
   * @param back whether a fallback is asked for, and not a cutover
   * @throws Failure CONFIGURATION if the wave is on the other side
   */
  public static void requireDirection(Leg leg, boolean back) {
    boolean isBack = leg.number() % 2 == 1;
    if (isBack != back) {
      throw new Failure(
          FailureKind.CONFIGURATION,
          "CUTOVER_DIRECTION",
          isBack
              ? "Wave %s is on the target already. Go back to the source with: veer fallback"
                  .formatted(leg.home().wave())
              : "Wave %s is on the source: there is nothing to fall back from. See: veer cutover"
                  .formatted(leg.home().wave()));
    }
  }

  /** Whether the gate lets it through. */
  public static boolean isOpen(GateReport gate, AttemptKind kind) {
    return blockers(gate, kind).isEmpty();
  }

  /** What is in its way, the first first; a rehearsal needs none before it. */
  public static List<Predicate> blockers(GateReport gate, AttemptKind kind) {
    return gate.blockers().stream()
        .filter(
            one ->
                kind == AttemptKind.CUTOVER || !one.name().equals(PredicateName.REHEARSED.text()))
        .toList();
  }

  /** Whether nothing was done where this is why. */
  public static boolean isNotBegun(Failure failure) {
    return NOT_BEGUN.contains(failure.code());
  }
}
