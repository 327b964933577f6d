package nl.veer.benchmarks.contest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import nl.veer.benchmarks.cost.Usage;

/**
 * What came of a contest.
 *
 * @param trials of each contender, in the order of the rounds
 * @param veers the contenders that are Veer
 */
public record Standings(String contest, Map<String, List<Trial>> trials, List<String> veers) {
  private static final double MILLION = 1e6;

  public Standings {
    trials = new LinkedHashMap<>(trials);
    veers = List.copyOf(veers);
  }

  /** In the order of their turns. */
  public List<String> contenders() {
    return List.copyOf(trials.keySet());
  }

  /** What was measured of a contender. */
  public Set<Figure> figures(String contender) {
    return of(contender).get(0).figures().keySet();
  }

  /**
   * Veer against the others, and its first form against its other ones, by each figure that both
   * have.
   */
  public List<Ratio> ratios() {
    List<Ratio> ratios = new ArrayList<>();
    for (String veer : veers) {
      for (String other : trials.keySet()) {
        boolean compared = veers.contains(other) ? isFirst(veer) && !veer.equals(other) : true;
        if (compared) {
          Set<Figure> both = new LinkedHashSet<>(figures(veer));
          both.retainAll(figures(other));
          both.forEach(
              figure -> ratios.add(new Ratio(veer, other, figure, ratio(veer, other, figure))));
        }
      }
    }
    return ratios;
  }

  /** One contender's figure by another's. */
  public record Ratio(String of, String by, Figure figure, Spread spread) {}

  private boolean isFirst(String veer) {
    return veers.get(0).equals(veer);
  }

  private List<Trial> of(String contender) {
    return Objects.requireNonNull(trials.get(contender), contender);
  }

  public Spread of(String contender, Figure figure) {
    return spread(contender, trial -> trial.figure(figure));
  }

  /**
   * One contender's figure by another's, of each round by itself: what else the machine did then,
   * it did to both.
   */
  private Spread ratio(String contender, String against, Figure figure) {
    List<Trial> own = of(contender);
    List<Trial> others = of(against);
    List<Double> ratios = new ArrayList<>();
    for (int round = 0; round < own.size(); round++) {
      ratios.add(own.get(round).figure(figure) / others.get(round).figure(figure));
    }
    return Spread.of(ratios);
  }

  /** Who was measured: the tool, and each server. */
  public List<String> parties(String contender) {
    return of(contender).get(0).usage().stream().map(Usage::party).toList();
  }

  /** Seconds of processor time for each million rows. */
  public Spread processorSeconds(String contender, String party) {
    return spread(contender, trial -> used(trial, party).seconds() / trial.rows() * MILLION);
  }

  /** How many processors it kept busy. */
  public Spread busyProcessors(String contender, String party) {
    return spread(contender, trial -> used(trial, party).seconds() / trial.seconds());
  }

  /** The largest resident memory, in bytes. */
  public Spread peakBytes(String contender, String party) {
    return spread(contender, trial -> used(trial, party).peakBytes());
  }

  private static Usage used(Trial trial, String party) {
    return trial.usage().stream()
        .filter(usage -> usage.party().equals(party))
        .findFirst()
        .orElseThrow();
  }

  private Spread spread(String contender, ToDoubleFunction<Trial> value) {
    return Spread.of(of(contender).stream().map(value::applyAsDouble).toList());
  }
}
