package nl.veer.verifier.value;

/** Whether a date or a time is one, or beyond all others. The order is part of the form. */
enum Extent {
  FINITE,
  INFINITE,
  NEGATIVE_INFINITE;

  /** Of the word that PostgreSQL writes for it. */
  static Extent of(String text) {
    return switch (text) {
      case "infinity" -> INFINITE;
      case "-infinity" -> NEGATIVE_INFINITE;
      default -> FINITE;
    };
  }
}
