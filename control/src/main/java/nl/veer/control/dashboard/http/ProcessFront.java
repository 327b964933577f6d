package nl.veer.control.dashboard.http;

import java.util.concurrent.CompletionStage;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Takes requests where a process tells of itself and nothing else, by the same rules as {@link
 * Front}. Safe for use by several threads.
 */
final class ProcessFront extends Handler.Abstract.NonBlocking {
  private final HostNames hosts;
  private final RateLimit rate;
  private final Doorkeeper doorkeeper;
  private final ProcessPages pages;

  ProcessFront(HostNames hosts, RateLimit rate, Doorkeeper doorkeeper, ProcessPages pages) {
    this.hosts = hosts;
    this.rate = rate;
    this.doorkeeper = doorkeeper;
    this.pages = pages;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    SafeHeaders.put(response.getHeaders());
    try {
      hosts.check(request);
      Front.requireRate(rate, request);
      Front.reply(
          doorkeeper.ready(request).thenCompose(any -> answer(request)), response, callback);
    } catch (RuntimeException e) {
      Front.send(Replies.of(e), response, callback);
    }
    return true;
  }

  private CompletionStage<Reply> answer(Request request) {
    Question question =
        Question.of(request.getHttpURI().getPath(), request.getHttpURI().getQuery());
    if (!HttpMethod.GET.is(request.getMethod()) && !HttpMethod.HEAD.is(request.getMethod())) {
      throw Front.onlyAsked();
    }
    return pages
        .get(request, question.path())
        .orElseThrow(
            () ->
                new Denied(
                    404,
                    "NOT_FOUND",
                    "There is nothing here but /metrics, /health/live and /health/ready."));
  }
}
