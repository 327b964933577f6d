package nl.veer.control.dashboard.view;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nl.veer.connectors.event.Position;
import nl.veer.control.cutover.Attempt;
import nl.veer.control.cutover.AttemptFacts;
import org.jspecify.annotations.Nullable;

/** A wave's attempts to cut over, and its rehearsals, the last one first. */
public record WaveAttempts(String wave, List<Line> attempts) {

  public WaveAttempts {
    attempts = List.copyOf(attempts);
  }

  /**
   * An attempt.
   *
   * @param leg number of the leg that it ends
   * @param kind REHEARSAL or CUTOVER
   * @param state PREPARED, FENCED, DRAINED, PROVEN, SEQUENCED, REVERSED, OPENED, REHEARSED or
   *     ABORTED
   * @param steps milliseconds of each step that is done, by its state, in their order
   * @param fencedAt when writes began to be refused; null before
   * @param marker its position in the log of the side that is left
   * @param proof what was compared, for people
   * @param outageMillis how long writes were refused; null as long as they are
   * @param finishedAt null while it goes on, or waits to be resumed
   * @param failureCode of what it was given up for; null if it was not
   */
  public record Line(
      long id,
      int leg,
      String kind,
      String state,
      long budgetMillis,
      String startedAt,
      @Nullable String fencedAt,
      @Nullable String marker,
      @Nullable String appliedPosition,
      @Nullable String targetPosition,
      Map<String, Long> steps,
      @Nullable Long tables,
      @Nullable Long rows,
      @Nullable String verdict,
      @Nullable String proof,
      @Nullable Long outageMillis,
      @Nullable String measuredBy,
      @Nullable String finishedAt,
      @Nullable String failureCode,
      @Nullable String failure) {

    public Line {
      steps = Collections.unmodifiableMap(new LinkedHashMap<>(steps));
    }

    public static Line of(Attempt attempt) {
      AttemptFacts facts = attempt.facts();
      return new Line(
          attempt.id(),
          attempt.leg(),
          attempt.kind().name(),
          attempt.state().word(),
          attempt.budget().toMillis(),
          attempt.startedAt().toString(),
          text(facts.fencedAt()),
          text(facts.marker()),
          text(facts.applied()),
          text(facts.target()),
          attempt.steps(),
          facts.tables(),
          facts.rows(),
          facts.verdict(),
          facts.proof(),
          facts.outageMillis(),
          facts.measuredBy(),
          text(attempt.finishedAt()),
          attempt.failureCode(),
          attempt.failure());
    }

    private static @Nullable String text(@Nullable Instant at) {
      return at == null ? null : at.toString();
    }

    private static @Nullable String text(@Nullable Position position) {
      return position == null ? null : position.text();
    }
  }
}
