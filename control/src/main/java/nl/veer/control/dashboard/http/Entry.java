package nl.veer.control.dashboard.http;

import nl.veer.control.config.DashboardRole;
import nl.veer.control.dashboard.page.LoginPage.Trouble;

/** Whether somebody comes in. */
sealed interface Entry {
  /** Somebody known. */
  record Open(Visitor visitor) implements Entry {}

  /**
   * Nobody that is known.
   *
   * @param trouble why, as a page says it
   * @param reply why, as a program is told
   */
  record Shut(Trouble trouble, Reply reply) implements Entry {}

  /** Nothing was shown, or nothing that could be a token. */
  static Shut unknown() {
    return invalid("A token is needed: send it as Authorization: Bearer, or log in at /login.");
  }

  /** What was shown is worth nothing here. */
  static Shut invalid(String words) {
    return new Shut(
        Trouble.UNKNOWN,
        Reply.error(401, "TOKEN", words).with("WWW-Authenticate", "Bearer realm=\"veer\""));
  }

  /**
   * @throws Denied if nobody came in
   */
  default Visitor visitor() {
    if (this instanceof Open open) {
      return open.visitor();
    }
    throw new Denied(((Shut) this).reply());
  }

  /**
   * @throws Denied if nobody came in, or one that may not do this
   */
  default Visitor visitor(DashboardRole role) {
    Visitor visitor = visitor();
    visitor.require(role);
    return visitor;
  }
}
