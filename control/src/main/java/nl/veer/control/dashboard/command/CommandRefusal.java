package nl.veer.control.dashboard.command;

/** A command that is not taken. */
public final class CommandRefusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** In which way. */
  public enum Why {
    /** This one may not. */
    FORBIDDEN,
    /** There is no such command. */
    ABSENT,
    /** Not now. */
    CONFLICT
  }

  private final Why why;
  private final String code;

  /**
   * @param code stable, in capitals
   */
  CommandRefusal(Why why, String code, String words) {
    super(words, null, false, false);
    this.why = why;
    this.code = code;
  }

  public Why why() {
    return why;
  }

  public String code() {
    return code;
  }

  /** Never null. */
  public String words() {
    return String.valueOf(getMessage());
  }
}
