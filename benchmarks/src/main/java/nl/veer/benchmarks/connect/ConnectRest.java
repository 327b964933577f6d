package nl.veer.benchmarks.connect;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;

/** The calls of Kafka Connect's REST API that a measurement needs. Safe for several threads. */
final class ConnectRest {
  private static final Duration ANSWER_PATIENCE = Duration.ofSeconds(30);
  private static final int NOT_FOUND = 404;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI worker;

  ConnectRest(int port) {
    this.worker = URI.create("http://127.0.0.1:" + port);
  }

  /** Whether the worker takes connectors by now. */
  boolean answers() {
    try {
      return send("GET", "/connectors", BodyPublishers.noBody()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  /** Creates a connector, or gives it another configuration. */
  void put(String name, Map<String, String> config) {
    try {
      String body = JSON.writeValueAsString(config);
      call("PUT", "/connectors/" + name + "/config", BodyPublishers.ofString(body));
    } catch (JsonProcessingException e) {
      throw new ConnectFailure("The configuration of " + name + " is no JSON: " + e, e);
    }
  }

  void delete(String name) {
    call("DELETE", "/connectors/" + name, BodyPublishers.noBody());
  }

  /** What the connector and its tasks do. */
  ConnectorStatus status(String name) {
    String path = "/connectors/" + name + "/status";
    try {
      HttpResponse<String> answer = send("GET", path, BodyPublishers.noBody());
      // It is created first and gets a status later.
      if (answer.statusCode() == NOT_FOUND) {
        return ConnectorStatus.NONE;
      }
      JsonNode body = JSON.readTree(succeeded("GET", path, answer));
      return ConnectorStatus.of(body);
    } catch (IOException e) {
      throw new ConnectFailure("The worker does not tell the status of " + name + ": " + e, e);
    }
  }

  private void call(String method, String path, BodyPublisher body) {
    try {
      succeeded(method, path, send(method, path, body));
    } catch (IOException e) {
      throw new ConnectFailure(method + " " + path + ": " + e, e);
    }
  }

  private static String succeeded(String method, String path, HttpResponse<String> answer) {
    if (answer.statusCode() / 100 != 2) {
      throw new ConnectFailure(
          method + " " + path + ": " + answer.statusCode() + " " + answer.body());
    }
    return answer.body();
  }

  private HttpResponse<String> send(String method, String path, BodyPublisher body)
      throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(worker.resolve(path))
            .timeout(ANSWER_PATIENCE)
            .header("Content-Type", "application/json")
            .method(method, body)
            .build();
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ConnectFailure("Interrupted while the worker was asked", e);
    }
  }
}
