package nl.veer.control.alert;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import java.util.function.IntUnaryOperator;

/** Somebody who takes webhooks, and answers as a test says. */
public final class HookServer implements AutoCloseable {
  public final List<String> bodies = new CopyOnWriteArrayList<>();
  final List<String> authorizations = new CopyOnWriteArrayList<>();
  private final HttpServer server;

  /**
   * @param answer the status for the request of this number, from 1
   */
  public HookServer(IntUnaryOperator answer) throws IOException {
    this((request, body) -> answer.applyAsInt(request));
  }

  /**
   * @param answer the status for the request of this number, from 1, with this body
   */
  HookServer(BiFunction<Integer, String, Integer> answer) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          bodies.add(body);
          authorizations.add(
              String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
          exchange.sendResponseHeaders(answer.apply(bodies.size(), body), -1);
          exchange.close();
        });
    server.start();
  }

  public String url() {
    return "http://127.0.0.1:%d/hooks/s3cret".formatted(server.getAddress().getPort());
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
