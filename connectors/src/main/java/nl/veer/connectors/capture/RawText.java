package nl.veer.connectors.capture;

/** A value as the source's log has it: the database's own text, not yet read as anything. */
record RawText(String text) {

  /** Never the value: it must not reach a log. */
  @Override
  public String toString() {
    return "RawText";
  }
}
