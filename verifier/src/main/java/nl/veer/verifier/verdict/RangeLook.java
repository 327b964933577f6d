package nl.veer.verifier.verdict;

import java.time.Instant;

/**
 * What was seen of a part of a table when it was looked at.
 *
 * @param chunks of how many chunks it is
 * @param rows of the larger side
 * @param differing rows proven to differ
 * @param unsettled rows that went on changing, or were left unexamined
 * @param at before the look, by the scanning process's clock; of several chunks the oldest one's
 */
public record RangeLook(long chunks, long rows, long differing, long unsettled, Instant at) {

  RangeLook plus(RangeLook next) {
    return new RangeLook(
        chunks + next.chunks,
        rows + next.rows,
        differing + next.differing,
        unsettled + next.unsettled,
        next.at.isBefore(at) ? next.at : at);
  }

  /** The same of so many chunks. */
  RangeLook of(long other) {
    return new RangeLook(other, rows, differing, unsettled, at);
  }

  /** The same with so many rows less in front. */
  RangeLook without(long front) {
    return new RangeLook(chunks, rows - front, differing, unsettled, at);
  }
}
