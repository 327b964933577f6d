package nl.veer.verifier.verdict;

/**
 * Whether two sides are equal. UNKNOWN is an answer of its own and never counts as EQUAL. Of many,
 * one DIFFERENT makes the whole DIFFERENT, else one UNKNOWN makes it UNKNOWN: {@link #and}.
 */
public sealed interface Verdict {

  /** Everything was looked at, and it was equal. */
  record Equal() implements Verdict {
    @Override
    public String word() {
      return "EQUAL";
    }
  }

  /**
   * There is a difference that is none of time.
   *
   * @param rows how many rows were proven to differ; at least one
   */
  record Different(long rows) implements Verdict {
    public Different {
      if (rows < 1) {
        throw new IllegalArgumentException("Nothing differs");
      }
    }

    @Override
    public String word() {
      return "DIFFERENT";
    }
  }

  /**
   * There is no answer.
   *
   * @param words for people; never a row's values
   */
  record Unknown(UnknownReason reason, String words) implements Verdict {
    @Override
    public String word() {
      return "UNKNOWN";
    }
  }

  /** EQUAL, DIFFERENT or UNKNOWN. */
  String word();

  /** What is true of both together. The first reason of two is kept. */
  default Verdict and(Verdict other) {
    if (this instanceof Different one) {
      return other instanceof Different two ? new Different(one.rows + two.rows) : one;
    }
    if (other instanceof Different) {
      return other;
    }
    return this instanceof Unknown ? this : other;
  }

  static Verdict equal() {
    return new Equal();
  }

  static Verdict unknown(UnknownReason reason, String words) {
    return new Unknown(reason, words);
  }
}
