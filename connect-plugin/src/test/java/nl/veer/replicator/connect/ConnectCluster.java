package nl.veer.replicator.connect;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Two workers, and what one asks of them by REST. */
final class ConnectCluster implements AutoCloseable {
  private static final Duration PATIENCE =
      Duration.ofSeconds(Long.getLong("veer.patience", 240) / 2);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();
  private final List<ConnectWorker> workers;

  ConnectCluster(String bootstrap) {
    this.workers = List.of(new ConnectWorker(bootstrap), new ConnectWorker(bootstrap));
    workers.forEach(this::awaitAnswer);
  }

  void awaitAnswer(ConnectWorker worker) {
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              if (!worker.isAlive()) {
                throw new AssertionError("The worker has ended:\n" + worker.lastWords());
              }
              return ask(worker, "GET", "/connectors", null).status() == 200;
            });
  }

  /** What came of a request; 0 if nobody has answered. */
  record Answer(int status, String body) {}

  private Answer ask(ConnectWorker worker, String method, String path, @Nullable Object body) {
    if (!worker.isAwake()) {
      return new Answer(0, "It is killed or paused");
    }
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(worker.url() + path))
              .timeout(Duration.ofSeconds(5))
              .header("Content-Type", "application/json")
              .method(
                  method,
                  body == null
                      ? BodyPublishers.noBody()
                      : BodyPublishers.ofString(JSON.writeValueAsString(body)))
              .build();
      HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
      return new Answer(answer.statusCode(), answer.body());
    } catch (IOException e) {
      return new Answer(0, e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Asks one worker after the other until one does it: a cluster that rebalances refuses. */
  Answer done(String method, String path, @Nullable Object body) {
    Answer[] last = {new Answer(0, "nobody was asked")};
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(300))
        .until(
            () -> {
              for (ConnectWorker worker : workers) {
                last[0] = ask(worker, method, path, body);
                if (last[0].status() / 100 == 2) {
                  return true;
                }
                if (last[0].status() == 400 || last[0].status() == 500) {
                  throw new AssertionError(method + " " + path + ": " + last[0]);
                }
              }
              return false;
            });
    return last[0];
  }

  void put(String name, Map<String, String> settings) {
    done("PUT", "/connectors/" + name + "/config", settings);
  }

  void delete(String name) {
    done("DELETE", "/connectors/" + name, null);
  }

  /** The state of a connector's one task; a missing one has none. */
  record Task(String state, String worker, String trace) {
    boolean runs() {
      return state.equals("RUNNING");
    }
  }

  private Task task(String name) {
    for (ConnectWorker worker : workers) {
      Answer answer = ask(worker, "GET", "/connectors/" + name + "/status", null);
      if (answer.status() == 200) {
        try {
          JsonNode task = JSON.readTree(answer.body()).path("tasks").path(0);
          return new Task(
              task.path("state").asText(),
              task.path("worker_id").asText(),
              task.path("trace").asText());
        } catch (IOException e) {
          throw new AssertionError(answer.body(), e);
        }
      }
    }
    return new Task("", "", "");
  }

  Task awaitTask(String name, Predicate<Task> wanted) {
    return await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .until(() -> task(name), wanted);
  }

  /** The worker that has a connector's task, once it runs. */
  ConnectWorker ownerOf(String name) {
    String id = awaitTask(name, Task::runs).worker();
    return workers.stream().filter(worker -> worker.id().equals(id)).findFirst().orElseThrow();
  }

  String lastWords() {
    return workers.get(0).lastWords() + "\n" + workers.get(1).lastWords();
  }

  @Override
  public void close() {
    workers.forEach(ConnectWorker::close);
  }
}
