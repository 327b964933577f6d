package nl.veer.control.dashboard.http;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import nl.veer.control.dashboard.command.Caller;
import nl.veer.control.dashboard.route.Asked;
import nl.veer.control.dashboard.route.Refused;
import nl.veer.control.dashboard.route.Route;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Promise;
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
    Visitor visitor = doorkeeper.require(request);
    Caller caller = new Caller(visitor.name(), visitor.role());
    try {
      OwnPages.require(request.getHeaders(), visitor);
      requireReadable(request);
    } catch (Denied denied) {
      action.refusing().refused(asked, caller, null, denied.code());
      throw denied;
    }
    Promise.Completable<String> body = new Promise.Completable<>();
    Content.Source.asString(request, StandardCharsets.UTF_8, body);
    return body.thenCompose(text -> act(new Sent<>(route, action, asked), visitor, caller, text));
  }

  private record Sent<T>(Route route, Route.Action<T> action, Asked asked) {}

  private <T> CompletionStage<Reply> act(
      Sent<T> sent, Visitor visitor, Caller caller, String text) {
    T read = null;
    try {
      read = readable(sent, visitor, text);
      visitor.requireRole(sent.route().role());
      return sent.action()
          .acting()
          .act(sent.asked(), caller, read)
          .thenApply(
              done ->
                  new Reply(
                      sent.action().status(),
                      Reply.of(done).mediaType(),
                      Reply.json(done),
                      Map.of()));
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
      visitor.requireRole(sent.route().role());
      throw denied;
    }
  }

  private static void requireReadable(Request request) {
    String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
    if (!isJson(type)) {
      throw new Denied(415, "BODY", "What is sent is application/json.");
    }
    long length = request.getLength();
    if (length < 0) {
      throw new Denied(411, "BODY", "The body's length is not said.");
    }
    if (length > LARGEST) {
      throw new Denied(413, "BODY", "The body is larger than %d bytes.".formatted(LARGEST));
    }
  }

  private static boolean isJson(@Nullable String type) {
    return type != null
        && type.toLowerCase(Locale.ROOT)
            .replace(" ", "")
            .matches("application/json(;charset=\"?utf-8\"?)?");
  }
}
