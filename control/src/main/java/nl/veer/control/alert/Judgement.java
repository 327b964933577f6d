package nl.veer.control.alert;

/**
 * What a rule says of a reading, where it does not say that all is well.
 *
 * @param known false if it cannot be said: what fires then goes on, and nothing begins to
 * @param words what is so, with its numbers
 */
record Judgement(AlertKey key, boolean known, String words) {

  static Judgement raised(AlertRule rule, String wave, String subject, String words) {
    return new Judgement(new AlertKey(rule, wave, subject), true, words);
  }

  /** Of whatever subject of that wave. */
  static Judgement unknown(AlertRule rule, String wave) {
    return new Judgement(new AlertKey(rule, wave, ""), false, "");
  }
}
