package nl.veer.control.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import nl.veer.connectors.event.Position;
import nl.veer.control.cutover.Attempt;
import nl.veer.control.cutover.AttemptFacts;
import org.jspecify.annotations.Nullable;

/**
 * What came of an attempt, for people and for scripts.
 *
 * @param state the one that it ended in
 * @param outageMillis null if writes were never refused
 * @param measuredBy {@code writer}, or {@code veer} where no writer could measure
 * @param rows compared by themselves
 * @param proof what was compared, and what the verdict rests on besides
 * @param steps milliseconds of each step
 */
record CutoverReport(
    String migration,
    String wave,
    int leg,
    long attempt,
    String kind,
    String state,
    boolean finished,
    @Nullable Long outageMillis,
    @Nullable String measuredBy,
    long budgetMillis,
    Map<String, Long> steps,
    @Nullable String marker,
    @Nullable String applied,
    @Nullable String target,
    @Nullable Long tables,
    @Nullable Long rows,
    @Nullable String verdict,
    @Nullable String proof,
    @Nullable String failureCode,
    @Nullable String failure,
    String startedAt,
    @Nullable String finishedAt) {

  static CutoverReport of(Attempt attempt) {
    AttemptFacts facts = attempt.facts();
    return new CutoverReport(
        attempt.wave().migration(),
        attempt.wave().wave(),
        attempt.leg(),
        attempt.id(),
        attempt.kind().name(),
        attempt.state().word(),
        attempt.isFinished(),
        facts.outageMillis(),
        facts.measuredBy(),
        attempt.budget().toMillis(),
        attempt.steps(),
        text(facts.marker()),
        text(facts.applied()),
        text(facts.target()),
        facts.tables(),
        facts.rows(),
        facts.verdict(),
        facts.proof(),
        attempt.failureCode(),
        attempt.failure(),
        attempt.startedAt().toString(),
        attempt.finishedAt() == null ? null : Objects.toString(attempt.finishedAt()));
  }

  private static @Nullable String text(@Nullable Position position) {
    return position == null ? null : position.text();
  }

  /** Whether it came where it should. */
  boolean succeeded() {
    return state.equals("REHEARSED") || state.equals("OPENED");
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add("%s %d of wave %s: %s".formatted(word(), attempt, wave, state));
    if (failure != null) {
      lines.add("  given up  %s: %s".formatted(failureCode, failure));
    }
    if (outageMillis != null) {
      lines.add(
          "  outage    %,d ms of at most %,d ms, %s"
              .formatted(
                  outageMillis,
                  budgetMillis,
                  AttemptFacts.WRITER.equals(measuredBy)
                      ? "as a writer measured it"
                      : "from before the fence was raised until it was down"));
    }
    if (marker != null) {
      lines.add("  marker    " + marker);
    }
    if (applied != null) {
      lines.add("  applied   %s, the other side's own position %s".formatted(applied, target));
    }
    if (verdict != null) {
      lines.add("  verdict   %s: %,d tables, %,d rows compared".formatted(verdict, tables, rows));
    }
    if (proof != null) {
      lines.add("  proof     " + proof);
    }
    return lines;
  }

  private String word() {
    return kind.equals("REHEARSAL") ? "Rehearsal" : "Cutover";
  }
}
