package nl.veer.control.dashboard.http;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import nl.veer.control.config.DashboardConfig;
import nl.veer.control.config.DashboardRole;
import nl.veer.control.dashboard.api.SessionBody;
import org.eclipse.jetty.http.HttpCookie;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/**
 * Says who asks, by a bearer token or by the session that a browser has, and what that one may.
 * Safe for use by several threads.
 */
final class Doorkeeper {
  static final String COOKIE = "veer_session";
  private static final String BEARER = "Bearer ";

  private final Tokens tokens;
  private final Sessions sessions;
  private final boolean secure;
  private final boolean approval;

  /** Where there are no sessions, one of the process stands for all pages. */
  private final Visitor here = Visitor.here(Tokens.random());

  Doorkeeper(DashboardConfig config, Clock clock) {
    this.tokens = new Tokens(config.tokens());
    this.sessions = new Sessions(config.session(), clock);
    this.secure = config.isTls();
    this.approval = config.approval();
  }

  boolean needsTokens() {
    return tokens.areNeeded();
  }

  /** Who asks; empty if that is not known. */
  Optional<Visitor> visitor(Request request) {
    if (!tokens.areNeeded()) {
      return Optional.of(here);
    }
    String given = request.getHeaders().get(HttpHeader.AUTHORIZATION);
    if (given != null) {
      return given.startsWith(BEARER)
          ? tokens.visitor(given.substring(BEARER.length()).strip())
          : Optional.empty();
    }
    return session(request).flatMap(sessions::visitor);
  }

  /**
   * Who asks for something that changes nothing.
   *
   * @throws Denied if it is not known who asks, or that one may not
   */
  Visitor require(Request request, DashboardRole role) {
    Visitor visitor = visitor(request).orElseThrow(Doorkeeper::unknown);
    requireRole(visitor, role);
    return visitor;
  }

  /**
   * @throws Denied if this one may not
   */
  static void requireRole(Visitor visitor, DashboardRole role) {
    if (!visitor.role().covers(role)) {
      throw new Denied(
          403,
          "ROLE",
          "This needs the role %s; %s has %s."
              .formatted(word(role), visitor.name(), word(visitor.role())));
    }
  }

  /** What a visitor is told of themselves. */
  SessionBody body(Visitor visitor) {
    Instant until = visitor.until();
    return new SessionBody(
        visitor.knownName().orElse(null),
        visitor.role(),
        visitor.csrf(),
        visitor.means() == Visitor.Means.SESSION,
        until == null ? null : until.toString(),
        approval);
  }

  /** For whoever asks and is not known. */
  static Denied unknown() {
    return new Denied(
        Reply.error(
                401,
                "TOKEN",
                "A token is needed: send it as Authorization: Bearer, or log in at /login.")
            .with("WWW-Authenticate", "Bearer realm=\"veer\""));
  }

  private static String word(DashboardRole role) {
    return role.name().toLowerCase(java.util.Locale.ROOT);
  }

  /** The cookie of a new session; empty if nobody has this token. */
  Optional<String> logIn(String token) {
    return tokens
        .visitor(token.strip())
        .map(visitor -> cookie(sessions.begin(visitor), sessions.length().toSeconds()));
  }

  /** Ends the session; the cookie that ends the browser's too. */
  String logOut(Request request) {
    session(request).ifPresent(sessions::end);
    return cookie("", 0);
  }

  /** Sent to this server only, never along with what another page asks for. */
  private String cookie(String value, long seconds) {
    return "%s=%s; Path=/; HttpOnly; SameSite=Strict; Max-Age=%d%s"
        .formatted(COOKIE, value, seconds, secure ? "; Secure" : "");
  }

  private static Optional<String> session(Request request) {
    return Request.getCookies(request).stream()
        .filter(cookie -> cookie.getName().equals(COOKIE))
        .map(HttpCookie::getValue)
        .findFirst();
  }
}
