package nl.veer.control.cutover;

import java.time.Instant;
import nl.veer.connectors.event.LsnPosition;
import org.jspecify.annotations.Nullable;

/**
 * What has come of an attempt.
 *
 * @param findings how many of the ledger's were open before the first step: the gate judged them
 * @param fencedAt when writes began to be refused, by home's clock; null before
 * @param marker where the marker stands in the log of the side that is left; every commit behind
 *     this is behind the marker
 * @param applied up to where of that log the other side was when it was compared
 * @param target where the other side's own log was when it was compared
 * @param tables how many were compared
 * @param rows how many of the side that is left were compared by themselves
 * @param verdict EQUAL, DIFFERENT or UNKNOWN
 * @param proof what was compared, and what the verdict rests on besides, for people
 * @param outageMillis how long writes were refused; null as long as they are
 * @param measuredBy who says so: {@link #WRITER} or {@link #VEER}
 */
public record AttemptFacts(
    @Nullable Long findings,
    @Nullable Instant fencedAt,
    @Nullable LsnPosition marker,
    @Nullable LsnPosition applied,
    @Nullable LsnPosition target,
    @Nullable Long tables,
    @Nullable Long rows,
    @Nullable String verdict,
    @Nullable String proof,
    @Nullable Long outageMillis,
    @Nullable String measuredBy) {

  /** A client of its own tried to write all the time. */
  public static final String WRITER = "writer";

  /**
   * No client could be set up whom the fence stops: from before it was raised to behind its end.
   */
  public static final String VEER = "veer";

  public static final AttemptFacts NONE =
      new AttemptFacts(null, null, null, null, null, null, null, null, null, null, null);

  AttemptFacts found(long open) {
    return new AttemptFacts(
        open,
        fencedAt,
        marker,
        applied,
        target,
        tables,
        rows,
        verdict,
        proof,
        outageMillis,
        measuredBy);
  }

  AttemptFacts fencedAt(Instant at) {
    return new AttemptFacts(
        findings,
        at,
        marker,
        applied,
        target,
        tables,
        rows,
        verdict,
        proof,
        outageMillis,
        measuredBy);
  }

  AttemptFacts marked(LsnPosition at) {
    return new AttemptFacts(
        findings,
        fencedAt,
        at,
        applied,
        target,
        tables,
        rows,
        verdict,
        proof,
        outageMillis,
        measuredBy);
  }

  AttemptFacts drained(LsnPosition up, LsnPosition there) {
    return new AttemptFacts(
        findings,
        fencedAt,
        marker,
        up,
        there,
        tables,
        rows,
        verdict,
        proof,
        outageMillis,
        measuredBy);
  }

  AttemptFacts compared(Compared with) {
    return new AttemptFacts(
        findings,
        fencedAt,
        marker,
        applied,
        target,
        with.tables(),
        with.rows(),
        with.verdict().word(),
        with.how(),
        outageMillis,
        measuredBy);
  }

  AttemptFacts outage(long millis, String by) {
    return new AttemptFacts(
        findings, fencedAt, marker, applied, target, tables, rows, verdict, proof, millis, by);
  }
}
