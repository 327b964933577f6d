package nl.veer.control.word;

import org.jspecify.annotations.Nullable;

/**
 * The attempt that a driver of a cutover has in hand.
 *
 * @param kind CUTOVER or REHEARSAL
 * @param state its word
 * @param budgetMillis writes may be refused for so long
 * @param fencedAt when writes began to be refused, ISO 8601 in UTC; null before
 * @param outageMillis how long they were; null as long as they are
 * @param verdict of the comparison behind the fence; null before
 */
public record CutoverSaid(
    long attempt,
    String kind,
    String state,
    boolean finished,
    long budgetMillis,
    @Nullable String fencedAt,
    @Nullable Long outageMillis,
    @Nullable String verdict)
    implements Said {

  @Override
  public String gist() {
    return attempt + state + finished + fencedAt + outageMillis + verdict;
  }
}
