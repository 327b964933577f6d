package nl.veer.control.status;

import nl.veer.control.wave.Leg;

/**
 * Which way a wave goes.
 *
 * @param number how often its writes were moved
 * @param from {@code source} or {@code target}: the configured side that applications write to;
 *     what a status calls the source is that one
 * @param to the other one, which follows
 */
public record LegFigures(int number, String from, String to) {
  static final LegFigures FIRST = new LegFigures(0, "source", "target");

  static LegFigures of(Leg leg) {
    return new LegFigures(leg.number(), leg.fromWord(), leg.toWord());
  }

  /** For people. */
  String words() {
    return "leg %d, from the %s to the %s".formatted(number, from, to);
  }
}
