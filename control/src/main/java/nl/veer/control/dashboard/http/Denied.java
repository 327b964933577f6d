package nl.veer.control.dashboard.http;

/** A request that gets no answer, but a reply that says why. */
final class Denied extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Reply reply;

  Denied(Reply reply) {
    super("status " + reply.status(), null, false, false);
    this.reply = reply;
  }

  Denied(int status, String code, String message) {
    this(Reply.error(status, code, message));
  }

  Reply reply() {
    return reply;
  }
}
