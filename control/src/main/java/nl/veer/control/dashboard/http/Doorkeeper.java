package nl.veer.control.dashboard.http;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
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

  /** Streams of one who is known; a browser has one for each open page. */
  static final int STREAMS_EACH = 16;

  private final Credentials credentials;
  private final Sessions sessions;
  private final Clock clock;
  private final boolean closed;
  private final boolean secure;
  private final boolean approval;

  /** Where there are no sessions, one of the process stands for all pages. */
  private final Visitor here = Visitor.here(Tokens.random());

  Doorkeeper(DashboardConfig config, Clock clock) {
    this.credentials = new Credentials(config, clock);
    this.sessions = new Sessions(config.session(), config.sessionIdle(), clock);
    this.clock = clock;
    this.closed = config.needsLogin();
    this.secure = config.isTls();
    this.approval = config.approval();
  }

  /** Whether nobody comes in who is not known. */
  boolean needsLogin() {
    return closed;
  }

  /** Ends when it can be said who asks, and soon; at once, most times. */
  CompletableFuture<Void> ready(Request request) {
    return bearer(request)
        .map(credentials::ready)
        .orElseGet(() -> CompletableFuture.completedFuture(null));
  }

  /** Who asks; empty if that is not known. */
  Optional<Visitor> visitor(Request request) {
    return entry(request) instanceof Entry.Open open
        ? Optional.of(open.visitor())
        : Optional.empty();
  }

  /**
   * Who asks for something that changes nothing.
   *
   * @throws Denied if it is not known who asks, or that one may not
   */
  Visitor require(Request request, DashboardRole role) {
    return entry(request).visitor(role);
  }

  private Entry entry(Request request) {
    if (!closed) {
      return new Entry.Open(here);
    }
    if (request.getHeaders().contains(HttpHeader.AUTHORIZATION)) {
      return bearer(request)
          .map(token -> credentials.entry(token, client(request)))
          .orElseGet(Entry::unknown);
    }
    return session(request)
        .flatMap(sessions::visitor)
        .<Entry>map(Entry.Open::new)
        .orElseGet(Entry::unknown);
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

  /** How long a visitor may listen: not beyond the session, or the token. */
  Stay stay(Request request, Visitor visitor) {
    Instant until = visitor.until();
    BooleanSupplier lasts =
        switch (visitor.means()) {
          case PLACE -> () -> true;
          case TOKEN -> () -> until == null || until.isAfter(clock.instant());
          case SESSION -> {
            String name = session(request).orElse("");
            yield () -> sessions.visitor(name).isPresent();
          }
        };
    int most = visitor.means() == Visitor.Means.PLACE ? EventStream.MOST : STREAMS_EACH;
    return new Stay(visitor.person(), most, lasts);
  }

  /** Whose token this is; ends soon. */
  CompletableFuture<Entry> judge(String token, Request request) {
    String client = client(request);
    return credentials.ready(token).thenApply(any -> credentials.entry(token, client));
  }

  /** Begins a session, in the place of the one that this browser has; its cookie. */
  String logIn(Visitor visitor, Request request) {
    session(request).ifPresent(sessions::end);
    Instant now = clock.instant();
    Duration length = Duration.between(now, sessions.end(visitor, now));
    return cookie(sessions.begin(visitor), length.toSeconds());
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

  /** The scheme's name in whatever case (RFC 9110, 11.1). */
  private static Optional<String> bearer(Request request) {
    String given = request.getHeaders().get(HttpHeader.AUTHORIZATION);
    return given != null && given.regionMatches(true, 0, BEARER, 0, BEARER.length())
        ? Optional.of(given.substring(BEARER.length()).strip())
        : Optional.empty();
  }

  private static String client(Request request) {
    return Network.of(Request.getRemoteAddr(request));
  }
}
