package nl.veer.sandbox.registry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import nl.veer.sandbox.certificate.Identity;
import nl.veer.sandbox.process.SandboxFailure;

/**
 * The gate in front of a registry that has none: TLS, and one user with a password (basic
 * authentication). What passes is handed on as it is. Safe for use by several threads.
 */
public final class RegistryGate implements AutoCloseable {
  private static final String STORE_PASSWORD = "gate";
  private static final int UNAUTHORIZED = 401;
  private static final int BAD_GATEWAY = 502;

  private final HttpsServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool(RegistryGate::daemon);
  private final HttpClient behind =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI registry;
  private volatile String admitted;
  private volatile int refusal;

  private RegistryGate(SandboxRegistry registry, Identity identity, String user, String password) {
    this.registry = URI.create(registry.url());
    this.admitted = basic(user, password);
    try {
      this.server =
          HttpsServer.create(
              new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 0);
      server.setHttpsConfigurator(new HttpsConfigurator(context(identity)));
    } catch (IOException | GeneralSecurityException e) {
      throw new SandboxFailure("Cannot open the registry's gate: " + e, e);
    }
    server.createContext("/", this::pass);
    server.setExecutor(threads);
    server.start();
  }

  /** Opens a gate, on a port of its own. */
  public static RegistryGate open(
      SandboxRegistry registry, Identity identity, String user, String password) {
    return new RegistryGate(registry, identity, user, password);
  }

  /** The URL for a Confluent client. */
  public String url() {
    return "https://127.0.0.1:" + server.getAddress().getPort() + registry.getPath();
  }

  /** From now on, another user or password is asked for. */
  public void admitOnly(String user, String password) {
    admitted = basic(user, password);
  }

  /** From now on, whoever is let in gets this answer; 0 for the registry's own. */
  public void answer(int status) {
    refusal = status;
  }

  private void pass(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      if (!admitted.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
        exchange.sendResponseHeaders(UNAUTHORIZED, -1);
      } else if (refusal != 0) {
        exchange.sendResponseHeaders(refusal, -1);
      } else {
        hand(exchange, body);
      }
    }
  }

  private void hand(HttpExchange exchange, byte[] body) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(registry.resolve(exchange.getRequestURI().toString()))
            .method(
                exchange.getRequestMethod(),
                body.length == 0
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(body));
    for (String name : new String[] {"Content-Type", "Accept"}) {
      String value = exchange.getRequestHeaders().getFirst(name);
      if (value != null) {
        request.header(name, value);
      }
    }
    try {
      HttpResponse<byte[]> answer =
          behind.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      answer
          .headers()
          .firstValue("Content-Type")
          .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
      byte[] content = answer.body();
      exchange.sendResponseHeaders(answer.statusCode(), content.length == 0 ? -1 : content.length);
      exchange.getResponseBody().write(content);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      exchange.sendResponseHeaders(BAD_GATEWAY, -1);
    }
  }

  private static SSLContext context(Identity identity)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(
        new ByteArrayInputStream(identity.pkcs12(STORE_PASSWORD)), STORE_PASSWORD.toCharArray());
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, STORE_PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  private static String basic(String user, String password) {
    return "Basic "
        + Base64.getEncoder()
            .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "registry-gate");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
