package nl.veer.control.dashboard.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import nl.veer.control.dashboard.PlainView;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Who listens to the events. */
class EventStreamTest {
  private static final int PATIENCE_MILLIS = 30_000;
  private static final String BEARER = "Authorization: Bearer " + Served.VIEWER;

  @Test
  void eachReadingIsSentAndTheStreamEndsWithTheServer() throws Exception {
    Served served = Served.open();
    try (Listener listener = new Listener(served.port)) {
      assertThat(listener.head()).contains("200", "text/event-stream");
      assertThat(listener.next()).contains("\"state\":\"REPLICATING\"", "\"trouble\":null");
      served.view.fail(PlainView.away());
      assertThat(listener.nextWith("TARGET_UNREACHABLE")).contains("\"state\":\"REPLICATING\"");
      served.clock.putOn(Duration.ofSeconds(60));
      assertThat(listener.nextWith("\"ageMillis\":60000"))
          .as("what is silent is unknown")
          .contains("\"SILENT\"")
          .doesNotContain("\"verdict\":\"EQUAL\"");
      served.close();
      assertThat(listener.rest()).as("a whole end").endsWith("0");
    } finally {
      served.close();
    }
  }

  @Test
  void whoHasGoneIsForgotten() throws Exception {
    try (Served served = Served.open()) {
      try (Listener listener = new Listener(served.port)) {
        listener.head();
        listener.next();
        assertThat(served.server.listeners()).isEqualTo(1);
      }
      // Noticed when something is sent that nobody takes.
      Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> served.server.listeners() == 0);
    }
  }

  @Test
  void thereAreOnlySoManyListeners() throws Exception {
    List<Listener> listeners = new ArrayList<>();
    try (Served served = Served.open()) {
      for (int i = 0; i < EventStream.MOST; i++) {
        Listener listener = new Listener(served.port);
        listeners.add(listener);
        listener.head();
      }
      Wire.Response refused = served.get("/api/v1/events");
      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.body()).contains("EVENTS_FULL");
      assertThat(served.get("/api/v1/waves").status()).isEqualTo(200);
    } finally {
      for (Listener listener : listeners) {
        listener.close();
      }
    }
  }

  @Test
  void aStreamEndsWithTheSessionThatOpenedIt() throws Exception {
    try (Served served = Served.with(Served.closed())) {
      String ended = served.logIn(Served.VIEWER);
      String other = served.logIn(Served.VIEWER);
      try (Listener first = new Listener(served.port, ended);
          Listener second = new Listener(served.port, other)) {
        for (Listener listener : List.of(first, second)) {
          assertThat(listener.head()).contains("200", "text/event-stream");
          listener.next();
        }
        assertThat(Wire.ask(served.port, "POST", "/logout", "", ended).status()).isEqualTo(303);
        assertThat(first.endsWhole()).as("logged out").isTrue();
        for (int i = 0; i < 2; i++) {
          served.clock.putOn(Duration.ofMinutes(20));
          second.nextWith("\"at\":\"%s\"".formatted(served.clock.instant()));
        }
        assertThat(served.get("/api/v1/waves", other).status())
            .as("an open page is one that is in use")
            .isEqualTo(200);
        served.clock.putOn(Duration.ofMinutes(20));
        assertThat(second.endsWhole()).as("an hour is over").isTrue();
      }
      assertThat(served.get("/api/v1/events", other).status()).isEqualTo(401);
    }
  }

  @Test
  void onePersonCannotTakeAllStreams() throws Exception {
    List<Listener> listeners = new ArrayList<>();
    try (Served served = Served.with(Served.closed())) {
      for (int i = 0; i < Doorkeeper.STREAMS_EACH; i++) {
        Listener listener =
            new Listener(served.port, i == 0 ? BEARER : served.logIn(Served.VIEWER));
        listeners.add(listener);
        assertThat(listener.head()).contains("200");
      }
      Wire.Response refused = served.get("/api/v1/events", BEARER);
      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.body()).contains("EVENTS_FULL");
      Listener other = new Listener(served.port, "Authorization: Bearer " + Served.OPERATOR);
      listeners.add(other);
      assertThat(other.head()).contains("200");
    } finally {
      for (Listener listener : listeners) {
        listener.close();
      }
    }
  }

  /** Reads events by hand. */
  private static final class Listener implements AutoCloseable {
    private final Socket socket;
    private final BufferedReader in;

    Listener(int port, String... headers) throws IOException {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket
          .getOutputStream()
          .write(
              ("GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\n"
                      + String.join("", List.of(headers).stream().map(one -> one + "\r\n").toList())
                      + "\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    String head() throws IOException {
      StringBuilder head = new StringBuilder();
      for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
        head.append(line).append('\n');
      }
      return head.toString();
    }

    /** The next event's data, which is JSON. */
    String next() throws IOException {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (line.startsWith("data: ")) {
          new ObjectMapper().readTree(line.substring("data: ".length()));
          return line;
        }
      }
      throw new AssertionError("The stream has ended.");
    }

    String nextWith(String text) throws IOException {
      String event = next();
      while (!event.contains(text)) {
        event = next();
      }
      return event;
    }

    /** Whether the last chunk comes, which is empty. */
    boolean endsWhole() throws IOException {
      String line = in.readLine();
      while (line != null && !line.equals("0")) {
        line = in.readLine();
      }
      return line != null;
    }

    /** The last line before the end that holds something. */
    String rest() throws IOException {
      String last = "";
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        last = line.isEmpty() ? last : line;
      }
      return last;
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
