package nl.veer.control.dashboard.work;

/** What was asked for cannot be given, and whoever asked can mend that. */
public final class Refused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** In which way. */
  public enum Why {
    /** It is not put as it must be. */
    WRONG,
    /** There is no such thing. */
    ABSENT,
    /** This one may not. */
    FORBIDDEN,
    /** Not now. */
    CONFLICT
  }

  private final Why why;
  private final String code;

  /**
   * @param code stable, in capitals
   * @param message what is wrong and what to do; quotes nothing that is longer than a name
   */
  public Refused(Why why, String code, String message) {
    super(message, null, false, false);
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
