package nl.veer.control.dashboard.http;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import nl.veer.control.config.DashboardRole;
import nl.veer.control.dashboard.oidc.OidcTokens;
import nl.veer.control.dashboard.page.Assets;
import nl.veer.control.dashboard.page.Language;
import nl.veer.control.dashboard.page.LoginPage;
import nl.veer.control.dashboard.page.ShellPage;
import nl.veer.control.dashboard.view.ProcessPage;
import org.eclipse.jetty.http.HttpCookie;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/**
 * What is asked for beside the API: the page, its files, the OpenAPI document, the login, and what
 * the process tells of itself.
 */
final class Pages implements AutoCloseable {
  private static final String HTML = "text/html;charset=utf-8";
  private static final String LOGIN = "/login";

  /** The longest token, and its name. */
  private static final int LARGEST_FORM = OidcTokens.LONGEST + 1_024;

  private final Doorkeeper doorkeeper;
  private final Shell shell;
  private final String openApi;
  private final ProcessPages own;

  /** Makes the page that the screens are drawn into. */
  interface Shell {
    /**
     * @param login whether there is a session that can be ended
     */
    CompletionStage<String> page(Language language, boolean login);
  }

  Pages(Doorkeeper doorkeeper, Shell shell, String openApi, List<ProcessPage> own) {
    this.doorkeeper = doorkeeper;
    this.shell = shell;
    this.openApi = openApi;
    this.own = new ProcessPages(doorkeeper, own);
  }

  /** Empty if there is no such page. */
  Optional<CompletionStage<Reply>> get(Request request, Question question) {
    String path = question.path();
    if (ShellPage.isScreen(question.segments())) {
      return Optional.of(shell(request));
    }
    switch (path) {
      case LOGIN -> {
        return Optional.of(
            done(
                doorkeeper.needsLogin()
                    ? Reply.text(HTML, LoginPage.of(null, language(request)))
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

  private CompletionStage<Reply> shell(Request request) {
    return doorkeeper
        .visitor(request)
        .map(visitor -> shell(request, visitor))
        .orElseGet(() -> done(Reply.seeOther(LOGIN)));
  }

  private CompletionStage<Reply> shell(Request request, Visitor visitor) {
    return shell
        .page(language(request), visitor.means() == Visitor.Means.SESSION)
        .thenApply(html -> Reply.text(HTML, html));
  }

  private static Language language(Request request) {
    String chosen =
        Request.getCookies(request).stream()
            .filter(cookie -> cookie.getName().equals(Language.COOKIE))
            .map(HttpCookie::getValue)
            .findFirst()
            .orElse(null);
    return Language.of(chosen, request.getHeaders().get(HttpHeader.ACCEPT_LANGUAGE));
  }

  /** Only a page of this server may send a form. */
  CompletionStage<Reply> post(Request request, Question question) {
    String path = question.path();
    if (!path.equals(LOGIN) && !path.equals("/logout")) {
      throw new Denied(
          Reply.error(405, "METHOD", "Here things are asked for with GET.")
              .with("Allow", "GET, HEAD"));
    }
    OwnPages.requireOrigin(request.getHeaders());
    if (path.equals("/logout")) {
      return done(Reply.seeOther(LOGIN).with("Set-Cookie", doorkeeper.logOut(request)));
    }
    return SentText.of(request, LARGEST_FORM)
        .thenCompose(
            text ->
                doorkeeper
                    .judge(Question.of("/", text).value("token").orElse("").strip(), request)
                    .thenApply(entry -> loggedIn(entry, request)));
  }

  private Reply loggedIn(Entry entry, Request request) {
    if (entry instanceof Entry.Shut shut) {
      Reply again = Reply.text(HTML, LoginPage.of(shut.trouble(), language(request)));
      return new Reply(shut.reply().status(), again.mediaType(), again.body(), Map.of());
    }
    return Reply.seeOther("/").with("Set-Cookie", doorkeeper.logIn(entry.visitor(), request));
  }

  @Override
  public void close() {
    own.close();
  }

  private static CompletionStage<Reply> done(Reply reply) {
    return CompletableFuture.completedFuture(reply);
  }
}
