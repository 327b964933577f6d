package nl.veer.verifier.blame;

/**
 * Who it was, and why that is known.
 *
 * @param words for people, with positions and times, never with a row's values
 */
public record Blame(Culprit culprit, String words) {

  static Blame unknown(String why) {
    return new Blame(Culprit.UNKNOWN, why);
  }
}
