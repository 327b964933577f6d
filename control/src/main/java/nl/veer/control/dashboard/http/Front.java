package nl.veer.control.dashboard.http;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import nl.veer.control.dashboard.route.Asked;
import nl.veer.control.dashboard.route.Route;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Takes each request the same way: is it for us, is it not too often, what is asked, may this one
 * ask it; then it is answered, and no thread waits for that. Safe for use by several threads.
 */
final class Front extends Handler.Abstract.NonBlocking {
  /** Beyond this, there is no answer. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final HostNames hosts;
  private final RateLimit rate;
  private final Doorkeeper doorkeeper;
  private final Actions actions;
  private final List<Route> routes;
  private final Pages pages;
  private final EventStream events;

  Front(
      HostNames hosts,
      RateLimit rate,
      Doorkeeper doorkeeper,
      List<Route> routes,
      Pages pages,
      EventStream events) {
    this.hosts = hosts;
    this.rate = rate;
    this.doorkeeper = doorkeeper;
    this.actions = new Actions(doorkeeper);
    this.routes = List.copyOf(routes);
    this.pages = pages;
    this.events = events;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    SafeHeaders.put(response.getHeaders());
    guarded(response, callback, () -> admit(request, response, callback));
    return true;
  }

  private static void guarded(Response response, Callback callback, Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      send(Replies.of(e), response, callback);
    }
  }

  private void admit(Request request, Response response, Callback callback) {
    hosts.check(request);
    requireRate(rate, request);
    CompletableFuture<Void> ready = doorkeeper.ready(request);
    if (ready.isDone()) {
      answer(request, response, callback);
    } else {
      ready.whenComplete(
          (any, thrown) -> guarded(response, callback, () -> answer(request, response, callback)));
    }
  }

  private void answer(Request request, Response response, Callback callback) {
    Question question =
        Question.of(request.getHttpURI().getPath(), request.getHttpURI().getQuery());
    if (HttpMethod.POST.is(request.getMethod())) {
      reply(post(request, question), response, callback);
      return;
    }
    if (!HttpMethod.GET.is(request.getMethod()) && !HttpMethod.HEAD.is(request.getMethod())) {
      throw onlyAsked();
    }
    Optional<CompletionStage<Reply>> page = pages.get(request, question);
    if (page.isPresent()) {
      reply(page.get(), response, callback);
      return;
    }
    route(request, question, response, callback);
  }

  private CompletionStage<Reply> post(Request request, Question question) {
    for (Route route : routes) {
      if (route.content() instanceof Route.Action<?> action) {
        Optional<Asked> asked = question.to(route);
        if (asked.isPresent()) {
          return actions.take(request, route, action, asked.get());
        }
      }
    }
    return pages.post(request, question);
  }

  /**
   * @throws Denied if this client asks too often
   */
  static void requireRate(RateLimit rate, Request request) {
    if (!rate.allows(Network.of(Request.getRemoteAddr(request)))) {
      throw new Denied(
          Reply.error(429, "RATE", "Too many requests came from this address. Wait a second.")
              .with("Retry-After", "1"));
    }
  }

  /** For whoever wants something else than to ask. */
  static Denied onlyAsked() {
    return new Denied(
        Reply.error(405, "METHOD", "Here things are asked for with GET.")
            .with("Allow", "GET, HEAD"));
  }

  private void route(Request request, Question question, Response response, Callback callback) {
    for (Route route : routes) {
      Optional<Asked> asked = question.to(route);
      if (asked.isPresent()) {
        if (route.isAction()) {
          throw new Denied(
              Reply.error(405, "METHOD", "This is done with POST.").with("Allow", "POST"));
        }
        requireNoForeignPage(request);
        Visitor visitor = doorkeeper.require(request, route.role());
        if (route.content() instanceof Route.Body body) {
          reply(body.asking().ask(asked.get()).thenApply(Reply::of), response, callback);
        } else if (route.content() instanceof Route.File file) {
          reply(
              file.filing().ask(asked.get()).thenApply(one -> Reply.file(file.mediaType(), one)),
              response,
              callback);
        } else if (route.content() instanceof Route.Self) {
          send(Reply.of(doorkeeper.body(visitor)), response, callback);
        } else if (route.content() instanceof Route.Personal personal) {
          send(Reply.of(personal.asking().ask(asked.get(), visitor.caller())), response, callback);
        } else if (route.content() instanceof Route.Events wanted) {
          open(wanted, doorkeeper.stay(request, visitor), request, response, callback);
        }
        return;
      }
    }
    throw new Denied(404, "NOT_FOUND", "There is nothing here; see /api/v1/openapi.json.");
  }

  /** It could not read the answer, but to find one costs the servers something. */
  private static void requireNoForeignPage(Request request) {
    if ("cross-site".equals(request.getHeaders().get("Sec-Fetch-Site"))) {
      throw new Denied(403, "ORIGIN", "A page from elsewhere may not ask this.");
    }
  }

  private void open(
      Route.Events wanted, Stay stay, Request request, Response response, Callback callback) {
    if (HttpMethod.HEAD.is(request.getMethod())) {
      throw new Denied(
          Reply.error(405, "METHOD", "Events are asked for with GET.").with("Allow", "GET"));
    }
    events.open(wanted, stay, response, callback);
  }

  static void reply(CompletionStage<Reply> reply, Response response, Callback callback) {
    CompletableFuture<Reply> bounded =
        reply.toCompletableFuture().copy().orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    bounded.whenComplete(
        (well, thrown) -> send(thrown == null ? well : Replies.of(thrown), response, callback));
  }

  static void send(Reply reply, Response response, Callback callback) {
    response.setStatus(reply.status());
    HttpFields.Mutable headers = response.getHeaders();
    headers.put("Content-Type", reply.mediaType());
    headers.put("Content-Length", reply.body().length);
    reply.headers().forEach(headers::put);
    response.write(true, ByteBuffer.wrap(reply.body()), callback);
  }

  /** A reply in place of what Jetty would say by itself. */
  static boolean refuse(int status, Response response, Callback callback) {
    SafeHeaders.put(response.getHeaders());
    send(Replies.wrong(status), response, callback);
    return true;
  }
}
