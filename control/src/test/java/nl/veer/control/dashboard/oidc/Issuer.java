package nl.veer.control.dashboard.oidc;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import nl.veer.control.config.OidcConfig;
import nl.veer.control.config.OidcRolesConfig;
import org.jspecify.annotations.Nullable;

/** Another server that tells its document and its keys over HTTP. Its fields may be set at will. */
public final class Issuer implements AutoCloseable {
  public static final String AUDIENCE = "veer";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  /** How often the keys were asked for. */
  public final AtomicInteger reads = new AtomicInteger();

  volatile Map<String, Object> document;
  volatile String keys = "";

  /** The status of each answer; 0 for one that never ends. */
  volatile int status = 200;

  private Issuer(HttpServer server) {
    this.server = server;
    this.document = Map.of("issuer", uri(), "jwks_uri", uri() + "/keys");
  }

  public static Issuer start(SigningKey... keys) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      Issuer issuer = new Issuer(server);
      issuer.signsWith(keys);
      server.createContext(
          "/.well-known/openid-configuration",
          exchange -> issuer.answer(exchange, SigningKey.json(issuer.document)));
      server.createContext(
          "/keys",
          exchange -> {
            issuer.reads.incrementAndGet();
            issuer.answer(exchange, issuer.keys);
          });
      server.setExecutor(issuer.threads);
      server.start();
      return issuer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void answer(HttpExchange exchange, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (status == 0) {
      exchange.sendResponseHeaders(200, bytes.length + 1);
      OutputStream body = exchange.getResponseBody();
      body.write(bytes);
      body.flush();
      return;
    }
    exchange.getResponseHeaders().add("Location", uri() + "/keys");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  public String uri() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** These keys from now on, and no others. */
  public void signsWith(SigningKey... now) {
    keys = SigningKey.json(Map.of("keys", Arrays.stream(now).map(SigningKey::jwk).toList()));
  }

  /** How a dashboard is told of it. */
  public OidcConfig config() {
    return config(null);
  }

  OidcConfig config(@Nullable String jwks) {
    return new OidcConfig(
        uri(),
        AUDIENCE,
        jwks,
        "preferred_username",
        "realm_access.roles",
        new OidcRolesConfig(List.of("staff"), List.of("dba"), List.of("lead")));
  }

  /** The claims of somebody with this role, for five minutes. */
  public Map<String, Object> claims(String role, Instant now) {
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", uri());
    claims.put("aud", AUDIENCE);
    claims.put("sub", "7f3a");
    claims.put("preferred_username", "olga");
    claims.put("realm_access", Map.of("roles", List.of("offline_access", role)));
    claims.put("iat", now.getEpochSecond());
    claims.put("exp", now.getEpochSecond() + 300);
    return claims;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
