package nl.veer.browser;

import java.util.ArrayList;
import java.util.List;
import nl.veer.control.gate.GateView;

/** How the gate of a shop's wave stands: all holds, but what is in the way. */
final class ShopGate {
  /** What two rows that differ do to a gate. */
  static final GateView.Line DIFFERENCES =
      new GateView.Line(
          "differences-none",
          "SHUT",
          "2 open, of public.orders",
          "See them with veer diff; mend with veer repair.",
          null,
          null,
          null);

  /** Nobody has tried yet. */
  static final GateView.Line REHEARSED =
      new GateView.Line("rehearsed", "SHUT", "never", "veer cutover --rehearse", null, null, null);

  /** Somebody has decided to go on without it. */
  static final GateView.Line WAIVED =
      new GateView.Line(
          "indexes", "WAIVED", "1 is missing", null, null, "made later, ticket 12", "ops@ferry");

  private ShopGate() {}

  static GateView of(String wave, String position, int tables, List<GateView.Line> others) {
    List<GateView.Line> lines = new ArrayList<>(holding(position, tables));
    others.forEach(
        other -> lines.replaceAll(line -> line.name().equals(other.name()) ? other : line));
    String blocker =
        lines.stream()
            .filter(line -> line.state().equals("SHUT"))
            .map(GateView.Line::name)
            .findFirst()
            .orElse(null);
    boolean open = blocker == null;
    return new GateView(wave, open, open ? "OPEN" : "SHUT", blocker, List.of(), null, lines);
  }

  private static List<GateView.Line> holding(String position, int tables) {
    return List.of(
        holds("lag-capture", "9 ms for a marker"),
        holds("lag-apply", "31 ms for a marker"),
        holds("lag-ledger", "212 ms for a marker"),
        holds("ledger-balanced", "up to " + position),
        holds("findings-none", "none open"),
        holds("differences-none", "none open"),
        holds("tables-scanned", "all %,d since their load".formatted(tables)),
        holds("scans-fresh", "the oldest 1 h 56 min ago"),
        holds("verdict-equal", "EQUAL at %s, %,d tables".formatted(position, tables)),
        holds("constraints", "%,d present and valid".formatted(tables * 3)),
        holds("triggers", "2 as on the active side"),
        holds("indexes", "%,d valid".formatted(tables * 2)),
        holds("sequences", "%,d known on both sides".formatted(tables)),
        holds("settings", "as on the active side"),
        holds("reverse-slots", "8 free on the passive side, 6 on the active"),
        holds("reverse-rights", "role veer may write the active side"),
        holds("fence-rights", "fence: read-only"),
        holds("foreign-keys-across-waves", "none"),
        holds("rehearsed", "23 h 53 min ago, writes refused for 702 ms"));
  }

  private static GateView.Line holds(String name, String value) {
    return new GateView.Line(name, "HOLDS", value, null, null, null, null);
  }
}
