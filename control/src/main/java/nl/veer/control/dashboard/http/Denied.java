package nl.veer.control.dashboard.http;

/** A request that gets no answer, but a reply that says why. */
final class Denied extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Reply reply;
  private final String code;

  Denied(Reply reply) {
    this(reply, "DENIED");
  }

  private Denied(Reply reply, String code) {
    super("status " + reply.status(), null, false, false);
    this.reply = reply;
    this.code = code;
  }

  Denied(int status, String code, String message) {
    this(Reply.error(status, code, message), code);
  }

  /** Stable, in capitals. */
  String code() {
    return code;
  }

  Reply reply() {
    return reply;
  }
}
