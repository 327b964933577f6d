package nl.veer.control.gate;

import java.time.Instant;
import java.util.List;
import nl.veer.control.gate.PredicateState.Shut;
import nl.veer.control.gate.PredicateState.Unknown;
import nl.veer.control.gate.PredicateState.Waived;
import org.jspecify.annotations.Nullable;

/**
 * A gate as JSON, for scripts and pages.
 *
 * @param state OPEN, SHUT or UNKNOWN
 * @param blocker name of what is in the way first; null if nothing is
 * @param unproven names of the parts of the proof that are waived
 * @param projected when it will be open if all goes on as it does; null if that cannot be said
 */
public record GateView(
    String wave,
    boolean open,
    String state,
    @Nullable String blocker,
    List<String> unproven,
    @Nullable String projected,
    List<Line> predicates) {

  public GateView {
    unproven = List.copyOf(unproven);
    predicates = List.copyOf(predicates);
  }

  /**
   * One predicate.
   *
   * @param state HOLDS, WAIVED, SHUT or UNKNOWN
   * @param remedy null if nothing is to be done
   * @param reason of the waiver; null without one
   * @param by who waived it; null without a waiver
   */
  public record Line(
      String name,
      String state,
      String value,
      @Nullable String remedy,
      @Nullable String projected,
      @Nullable String reason,
      @Nullable String by) {

    static Line of(Predicate predicate) {
      PredicateState state = predicate.state();
      Shut shut = state instanceof Shut one ? one : null;
      Waived waived = state instanceof Waived one ? one : null;
      return new Line(
          predicate.name(),
          state.word(),
          state.value(),
          shut != null ? shut.remedy() : state instanceof Unknown one ? one.remedy() : null,
          shut == null ? null : text(shut.projected()),
          waived == null ? null : waived.reason(),
          waived == null ? null : waived.by());
    }
  }

  public static GateView of(GateReport report) {
    return new GateView(
        report.wave(),
        report.open(),
        report.open() ? "OPEN" : report.isKnown() ? "SHUT" : "UNKNOWN",
        report.firstBlocker().map(Predicate::name).orElse(null),
        report.shouted().stream().map(Predicate::name).toList(),
        text(report.projected()),
        report.predicates().stream().map(Line::of).toList());
  }

  private static @Nullable String text(@Nullable Instant at) {
    return at == null ? null : at.toString();
  }
}
