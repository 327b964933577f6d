package nl.veer.verifier.ledger;

import java.util.List;
import java.util.stream.Collectors;
import nl.veer.connectors.event.EventPlace;
import nl.veer.connectors.event.TransactionEnd;
import org.jspecify.annotations.Nullable;

/**
 * What a reading of transactions came to.
 *
 * @param end of its last whole transaction; null if there is none
 * @param gaps what is not there
 */
record Reading(State state, @Nullable TransactionEnd end, List<Gap> gaps) {
  private static final int NAMED = 10;

  /** Something that is not there. */
  record Gap(long offset, EventPlace place, String what) {}

  enum State {
    /** Everything up to the number asked for was given, but for the gaps. */
    READ,
    /** There is nothing to read. */
    IDLE,
    /** There is no more, though more was asked for. */
    ENDED,
    STOPPED
  }

  /**
   * The first gaps, for people.
   *
   * @param side in which they are
   */
  String told(String side) {
    return gaps.stream()
        .limit(NAMED)
        .map(gap -> "%s offset %d: %s".formatted(side, gap.offset(), gap.what()))
        .collect(Collectors.joining("; "));
  }
}
