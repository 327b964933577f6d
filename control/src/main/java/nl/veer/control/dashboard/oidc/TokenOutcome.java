package nl.veer.control.dashboard.oidc;

import java.time.Instant;
import nl.veer.control.config.DashboardRole;

/** What a bearer token is worth here. */
public sealed interface TokenOutcome {
  /**
   * It is somebody's who may come in.
   *
   * @param name for people; the issuer may let its owner change it
   * @param subject the issuer's own name of the same person, which never changes
   * @param until the token is worth nothing from then on
   */
  record Holder(String name, String subject, DashboardRole role, Instant until)
      implements TokenOutcome {}

  /** It is well, but gives no role here. */
  record NoRole(String name) implements TokenOutcome {}

  /**
   * It is not one of ours.
   *
   * @param words why, as a sentence, without anything that it holds
   * @param signed whether it is the issuer's all the same, so that nobody has made it up
   */
  record Refused(String words, boolean signed) implements TokenOutcome {}

  /** The issuer's keys are not known now, so nobody can tell. */
  record KeysAway() implements TokenOutcome {}
}
