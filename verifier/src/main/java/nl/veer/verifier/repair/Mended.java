package nl.veer.verifier.repair;

/**
 * What became of a planned row.
 *
 * @param repair its number in veer.repair; 0 if nothing was written
 * @param words for people, without values
 */
public record Mended(PlannedRow row, State state, long repair, String words) {

  /** How it ended. */
  public enum State {
    /** Written, and verified. */
    REPAIRED,
    /** Both sides were equal already. */
    EQUAL,
    /** It is as it was, or not known to be right. */
    LEFT
  }

  static Mended left(PlannedRow row, String words) {
    return new Mended(row, State.LEFT, 0, words);
  }
}
