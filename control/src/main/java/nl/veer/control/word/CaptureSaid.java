package nl.veer.control.word;

import org.jspecify.annotations.Nullable;

/**
 * How far a capture is; that of an echo too, whose positions are the target's.
 *
 * @param position of the last transaction that the log holds whole; null before the first
 * @param transaction its number; 0 before the first
 * @param committedAt when the source committed it, by its own clock, ISO 8601 in UTC; null if that
 *     is not known
 * @param transactions since the process began
 * @param events since then
 */
public record CaptureSaid(
    @Nullable String position,
    long transaction,
    @Nullable String committedAt,
    long transactions,
    long events)
    implements Said {

  /** Of one whose last transaction's time is not known. */
  public CaptureSaid(@Nullable String position, long transaction, long transactions, long events) {
    this(position, transaction, null, transactions, events);
  }
}
