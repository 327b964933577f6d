package nl.veer.control.mutation;

/** Which half of the verifier must find a mutation; the other one cannot. */
enum Half {
  /** The echo is not what the log says, and the target is not the source. */
  BOTH,
  /** Log and echo say the same, or one of them says nothing; the tables differ. */
  SCAN;

  boolean isLedgers() {
    return this == BOTH;
  }
}
