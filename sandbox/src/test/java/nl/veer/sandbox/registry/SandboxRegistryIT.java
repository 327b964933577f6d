package nl.veer.sandbox.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import nl.veer.sandbox.process.FreePorts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxRegistryIT {
  private static final String WITH_X =
      "{\"schema\":\"{\\\"type\\\":\\\"record\\\",\\\"name\\\":\\\"r\\\",\\\"fields\\\":"
          + "[{\\\"name\\\":\\\"x\\\",\\\"type\\\":\\\"int\\\"}]}\"}";
  private static final String WITH_Y = WITH_X.replace("\\\"x\\\"", "\\\"y\\\"");

  @TempDir Path directory;

  @Test
  void keepsSchemasThroughAKillAndAnEnd() throws Exception {
    String url;
    String id;
    try (SandboxRegistry registry = SandboxRegistry.start(directory)) {
      url = registry.url();
      id = post(url + "/subjects/kept/versions", WITH_X).body();

      registry.restart(true);

      assertThat(get(url + "/subjects/kept/versions/1")).contains("\\\"x\\\"");
    }
    try (SandboxRegistry again = SandboxRegistry.start(directory)) {
      assertThat(again.url()).isEqualTo(url);
      assertThat(post(url + "/subjects/kept/versions", WITH_X).body()).isEqualTo(id);
    }
  }

  @Test
  void refusesAnIncompatibleSchemaAndLeavesNoProcessBehind() throws Exception {
    long pid;
    try (SandboxRegistry registry = SandboxRegistry.startTemporary()) {
      pid = registry.pid();
      String versions = registry.url() + "/subjects/strict/versions";

      assertThat(post(versions, WITH_X).statusCode()).isEqualTo(200);
      assertThat(post(versions, WITH_Y).statusCode()).isEqualTo(409);
    }
    assertThat(ProcessHandle.of(pid)).isEmpty();
  }

  @Test
  void servesOthersWhereItIsTold() throws Exception {
    int port = FreePorts.any();
    try (SandboxRegistry registry = SandboxRegistry.start(directory, "127.0.0.2", port)) {
      assertThat(get("http://127.0.0.2:" + port + "/apis/ccompat/v7/config")).contains("BACKWARD");
      assertThat(registry.isAlive()).isTrue();
    }
  }

  private static HttpResponse<String> post(String url, String body) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }

  private static String get(String url) throws Exception {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }
}
