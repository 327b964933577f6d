package nl.veer.control.dashboard.http;

import java.util.Locale;
import java.util.concurrent.CompletionStage;
import nl.veer.control.config.DashboardRole;
import nl.veer.control.dashboard.command.Caller;
import nl.veer.control.dashboard.route.Asked;
import nl.veer.control.dashboard.route.Route;
import nl.veer.control.dashboard.work.Refused;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * Takes what changes something: from somebody who is known and may, of a page of ours, put as it
 * must be. Whoever is known and refused is told of to the route. Safe for use by several threads.
 */
final class Actions {
  /** A hundred tables' names, at most. */
  private static final int LARGEST = 64 * 1024;

  private final Doorkeeper doorkeeper;

  Actions(Doorkeeper doorkeeper) {
    this.doorkeeper = doorkeeper;
  }

  /**
   * @throws Denied if it is refused before it was read
   */
  <T> CompletionStage<Reply> take(
      Request request, Route route, Route.Action<T> action, Asked asked) {
    Visitor visitor = doorkeeper.require(request, DashboardRole.VIEWER);
    Caller caller = visitor.caller();
    CompletionStage<String> body;
    try {
      OwnPages.require(request.getHeaders(), visitor);
      requireJson(request);
      body = SentText.of(request, LARGEST);
    } catch (Denied denied) {
      action.refusing().refused(asked, caller, null, denied.code());
      throw denied;
    }
    return body.thenCompose(text -> act(new Sent<>(route, action, asked), visitor, text));
  }

  private record Sent<T>(Route route, Route.Action<T> action, Asked asked) {}

  private <T> CompletionStage<Reply> act(Sent<T> sent, Visitor visitor, String text) {
    Caller caller = visitor.caller();
    @Nullable T read = null;
    try {
      read = readable(sent, visitor, text);
      visitor.require(sent.route().role());
      return sent.action()
          .acting()
          .act(sent.asked(), caller, read)
          .thenApply(done -> Reply.of(sent.action().status(), done));
    } catch (Denied denied) {
      sent.action().refusing().refused(sent.asked(), caller, read, denied.code());
      throw denied;
    } catch (Refused refused) {
      sent.action().refusing().refused(sent.asked(), caller, read, refused.code());
      throw refused;
    }
  }

  /** Who may not is told that, however it is put. */
  private static <T> T readable(Sent<T> sent, Visitor visitor, String text) {
    try {
      return JsonBodies.read(text, sent.action().request());
    } catch (Denied denied) {
      visitor.require(sent.route().role());
      throw denied;
    }
  }

  private static void requireJson(Request request) {
    if (!isJson(request.getHeaders().get(HttpHeader.CONTENT_TYPE))) {
      throw new Denied(415, "BODY", "What is sent is application/json.");
    }
  }

  private static boolean isJson(@Nullable String type) {
    return type != null
        && type.toLowerCase(Locale.ROOT)
            .replace(" ", "")
            .matches("application/json(;charset=\"?utf-8\"?)?");
  }
}
