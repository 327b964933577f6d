package nl.veer.control.gate;

import nl.veer.control.gate.PredicateName.Waiving;
import nl.veer.control.gate.PredicateState.Waived;

/**
 * One thing that must hold before a cutover.
 *
 * @param name stable, as {@link PredicateName#text()} writes it
 */
public record Predicate(String name, PredicateState state) {

  /** Whether a part of the proof is missing by somebody's decision: to be said loudly. */
  public boolean isShouted() {
    return state instanceof Waived
        && PredicateName.find(name).filter(one -> one.waiving() == Waiving.SHOUTED).isPresent();
  }
}
