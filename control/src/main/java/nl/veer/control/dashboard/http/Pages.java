package nl.veer.control.dashboard.http;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import nl.veer.control.config.DashboardRole;
import nl.veer.control.dashboard.page.Assets;
import nl.veer.control.dashboard.page.LoginPage;
import nl.veer.control.dashboard.view.ProcessPage;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.HostPort;
import org.eclipse.jetty.util.Promise;

/**
 * What is asked for beside the API: the page, its files, the OpenAPI document, the login, and what
 * the process tells of itself.
 */
final class Pages implements AutoCloseable {
  private static final String HTML = "text/html;charset=utf-8";
  private static final String LOGIN = "/login";

  /** A token is much shorter. */
  private static final int LARGEST_FORM = 4_096;

  private final Doorkeeper doorkeeper;
  private final Overview overview;
  private final String openApi;
  private final ProcessPages own;

  /** Makes the page. */
  interface Overview {
    /**
     * @param login whether there is a session that can be ended
     */
    CompletionStage<String> page(boolean login);
  }

  Pages(Doorkeeper doorkeeper, Overview overview, String openApi, List<ProcessPage> own) {
    this.doorkeeper = doorkeeper;
    this.overview = overview;
    this.openApi = openApi;
    this.own = new ProcessPages(doorkeeper, own);
  }

  /** Empty if there is no such page. */
  Optional<CompletionStage<Reply>> get(Request request, Question question) {
    String path = question.path();
    switch (path) {
      case "/" -> {
        return Optional.of(
            doorkeeper.visitor(request).isEmpty()
                ? done(Reply.seeOther(LOGIN))
                : overview
                    .page(doorkeeper.needsTokens())
                    .thenApply(html -> Reply.text(HTML, html)));
      }
      case LOGIN -> {
        return Optional.of(
            done(
                doorkeeper.needsTokens()
                    ? Reply.text(HTML, LoginPage.of(false))
                    : Reply.seeOther("/")));
      }
      case "/api/v1/openapi.json" -> {
        doorkeeper.require(request, DashboardRole.VIEWER);
        return Optional.of(done(Reply.text("application/json", openApi)));
      }
      default -> {
        Optional<CompletionStage<Reply>> told = own.get(request, path);
        return told.isPresent()
            ? told
            : Assets.find(path)
                .map(asset -> done(new Reply(200, asset.mediaType(), asset.bytes(), Map.of())));
      }
    }
  }

  /** Only a page of this server may send a form. */
  CompletionStage<Reply> post(Request request, Question question) {
    String path = question.path();
    if (!path.equals(LOGIN) && !path.equals("/logout")) {
      throw new Denied(
          Reply.error(405, "METHOD", "Here things are asked for with GET.")
              .with("Allow", "GET, HEAD"));
    }
    requireOwnOrigin(request);
    if (path.equals("/logout")) {
      return done(Reply.seeOther(LOGIN).with("Set-Cookie", doorkeeper.logOut(request)));
    }
    requireSmall(request);
    Promise.Completable<String> form = new Promise.Completable<>();
    Content.Source.asString(request, StandardCharsets.UTF_8, form);
    return form.thenApply(this::logIn);
  }

  private Reply logIn(String form) {
    return Question.of("/", form)
        .value("token")
        .flatMap(doorkeeper::logIn)
        .map(cookie -> Reply.seeOther("/").with("Set-Cookie", cookie))
        .orElseGet(
            () -> {
              Reply again = Reply.text(HTML, LoginPage.of(true));
              return new Reply(401, again.mediaType(), again.body(), again.headers());
            });
  }

  private static void requireSmall(Request request) {
    long length = request.getLength();
    if (length < 0) {
      throw new Denied(411, "BODY", "The form's length is not said.");
    }
    if (length > LARGEST_FORM) {
      throw new Denied(413, "BODY", "The form is larger than %d bytes.".formatted(LARGEST_FORM));
    }
  }

  /** A browser says where a form comes from; others send none. */
  private static void requireOwnOrigin(Request request) {
    String origin = request.getHeaders().get(HttpHeader.ORIGIN);
    String site = request.getHeaders().get("Sec-Fetch-Site");
    boolean foreignSite = site != null && !site.equals("same-origin") && !site.equals("none");
    if (foreignSite || (origin != null && !isOwn(origin, request))) {
      throw new Denied(403, "ORIGIN", "A page from elsewhere may not send this.");
    }
  }

  private static boolean isOwn(String origin, Request request) {
    String host = request.getHeaders().get(HttpHeader.HOST);
    int scheme = origin.indexOf("://");
    if (host == null || scheme < 0) {
      return false;
    }
    try {
      HostPort from = new HostPort(origin.substring(scheme + 3));
      HostPort here = new HostPort(host);
      int usual = origin.startsWith("https") ? 443 : 80;
      return from.getHost().equalsIgnoreCase(here.getHost())
          && from.getPort(usual) == here.getPort(usual);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  @Override
  public void close() {
    own.close();
  }

  private static CompletionStage<Reply> done(Reply reply) {
    return CompletableFuture.completedFuture(reply);
  }
}
