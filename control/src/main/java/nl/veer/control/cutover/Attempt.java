package nl.veer.control.cutover;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import nl.veer.connectors.event.WaveId;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to cut a wave over, or to rehearse that, as it stands on record.
 *
 * @param wave as configured
 * @param leg number of the leg that it ends
 * @param epoch whoever drives it has this number; a later driver has a greater one
 * @param budget writes may be refused for so long
 * @param facts what has come of it so far
 * @param steps milliseconds of each step that is done, by its state's word, in their order
 * @param finishedAt null as long as a step of it may still have to be done
 * @param failureCode of what it was given up for; null if it was not
 */
public record Attempt(
    long id,
    WaveId wave,
    int leg,
    AttemptKind kind,
    CutoverState state,
    long epoch,
    Duration budget,
    AttemptFacts facts,
    Map<String, Long> steps,
    Instant startedAt,
    @Nullable Instant finishedAt,
    @Nullable String failureCode,
    @Nullable String failure) {

  public Attempt {
    steps = Collections.unmodifiableMap(new LinkedHashMap<>(steps));
  }

  public boolean isFinished() {
    return finishedAt != null;
  }

  /** How long writes were refused, up to now if they still are; empty if they never were. */
  public Optional<Duration> outage(Instant now) {
    Long measured = facts.outageMillis();
    if (measured != null) {
      return Optional.of(Duration.ofMillis(measured));
    }
    Instant fenced = facts.fencedAt();
    return fenced == null || isFinished()
        ? Optional.empty()
        : Optional.of(now.isBefore(fenced) ? Duration.ZERO : Duration.between(fenced, now));
  }

  /**
   * The one door between two states.
   *
   * @throws IllegalStateException if the one does not follow from the other
   */
  Attempt moved(CutoverState to) {
    boolean on = state.next(kind).filter(to::equals).isPresent();
    boolean back = state.back().filter(to::equals).isPresent();
    if (isFinished() || (!on && !back)) {
      throw new IllegalStateException("From " + state.word() + " there is no way to " + to.word());
    }
    return new Attempt(
        id,
        wave,
        leg,
        kind,
        to,
        epoch,
        budget,
        facts,
        steps,
        startedAt,
        finishedAt,
        failureCode,
        failure);
  }
}
