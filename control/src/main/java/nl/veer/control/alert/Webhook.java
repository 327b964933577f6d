package nl.veer.control.alert;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;
import nl.veer.connectors.dialect.Secret;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.control.config.WebhookConfig;

/** Posts messages over HTTP. Redirects are not followed: a token would go along. */
final class Webhook implements Channel {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** Of those below 500 that may be another answer later. */
  private static final Set<Integer> PASSING = Set.of(408, 425, 429);

  private final String name;
  private final WebhookConfig config;
  private final URI uri;
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();

  Webhook(String name, WebhookConfig config) {
    this.name = name;
    this.config = config;
    this.uri = URI.create(config.url().reveal());
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void send(AlertMessage message) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .timeout(PATIENCE)
            .header("Content-Type", "application/json; charset=utf-8")
            .POST(HttpRequest.BodyPublishers.ofString(MessageJson.of(message, config.form())));
    Secret token = config.token();
    if (token != null) {
      request.header("Authorization", "Bearer " + token.reveal());
    }
    try {
      HttpResponse<InputStream> answer =
          client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
      // The patience is for the answer's head; what comes behind it may never end.
      answer.body().close();
      judge(answer.statusCode());
    } catch (IOException e) {
      // Its words may hold the address, and that is a secret.
      throw AlertFailures.unsent(
          "%s (%s) does not answer: %s."
              .formatted(name, uri.getHost(), e.getClass().getSimpleName()),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw AlertFailures.unsent(name + " was interrupted.", e);
    }
  }

  private void judge(int status) {
    if (status >= 200 && status < 300) {
      return;
    }
    String answer = "%s (%s) answers with status %d.".formatted(name, uri.getHost(), status);
    boolean passing = status >= 500 || PASSING.contains(status);
    throw passing
        ? new Failure(FailureKind.TRANSIENT, "ALERT_UNSENT", answer + " It is tried again.")
        : AlertFailures.refused(answer, null);
  }
}
