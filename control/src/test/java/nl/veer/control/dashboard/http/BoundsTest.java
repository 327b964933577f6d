package nl.veer.control.dashboard.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import nl.veer.control.config.DashboardRole;
import nl.veer.control.dashboard.HandClock;
import org.junit.jupiter.api.Test;

/** What one client may take of what there is for all. */
class BoundsTest {
  private static final String WAVES = "/api/v1/waves";

  @Test
  void oneAddressCannotTakeAllConnections() throws Exception {
    List<Socket> taken = new ArrayList<>();
    try (Served served = Served.open()) {
      for (int i = 0; i < Listener.CONNECTIONS_EACH; i++) {
        taken.add(from("127.0.0.1", served.port));
      }
      try (Socket one = taken.get(0);
          Socket last = taken.get(Listener.CONNECTIONS_EACH - 1)) {
        assertThat(status(last)).contains(" 303 ");
        try (Socket more = from("127.0.0.1", served.port)) {
          assertThat(status(more)).as("one too many").isEmpty();
        }
        try (Socket other = from("127.0.0.2", served.port)) {
          assertThat(status(other)).as("somebody else").contains(" 303 ");
        }
        one.close();
      }
      await()
          .untilAsserted(
              () -> {
                try (Socket again = from("127.0.0.1", served.port)) {
                  assertThat(status(again)).as("what was given back").contains(" 303 ");
                }
              });
    } finally {
      for (Socket socket : taken) {
        socket.close();
      }
    }
  }

  @Test
  void whoeverHasSixtyFourBitsOfAddressesIsOneAllTheSame() {
    assertThat(Network.of("2001:db8:1:2::1")).isEqualTo(Network.of("2001:db8:1:2:ffff::9"));
    assertThat(Network.of("2001:db8:1:2::1")).isNotEqualTo(Network.of("2001:db8:1:3::1"));
    assertThat(Network.of("[2001:db8:1:2::1]")).isEqualTo(Network.of("2001:db8:1:2::1"));
    assertThat(Network.of("10.0.0.7")).isEqualTo("10.0.0.7");
    assertThat(Network.of("::ffff:10.0.0.7")).isEqualTo("10.0.0.7");
    assertThat(Network.of("::1")).isNotEqualTo(Network.of("::2"));
  }

  @Test
  void whoTriesManyTokensIsNotAnsweredForAWhile() throws Exception {
    try (Served served = Served.with(Served.closed())) {
      String cookie = served.logIn(Served.VIEWER);
      for (int i = 0; i < Credentials.WRONG_ONES; i += 2) {
        assertThat(logIn(served, "wrong" + i).status()).isEqualTo(401);
        assertThat(served.get(WAVES, "Authorization: Bearer wrong" + i).status()).isEqualTo(401);
      }
      Wire.Response page = logIn(served, "wrong");
      assertThat(page.status()).isEqualTo(429);
      assertThat(page.body()).contains("Too many wrong tokens", "<form");
      Wire.Response refused = served.get(WAVES, "Authorization: Bearer wrong");
      assertThat(refused.status()).isEqualTo(429);
      assertThat(served.get(WAVES, "Authorization: Bearer " + Served.VIEWER).status())
          .as("who has a right one does not wait for a neighbour's wrong ones")
          .isEqualTo(200);
      assertThat(refused.header("retry-after")).isEqualTo("10");
      assertThat(served.get(WAVES, cookie).status()).as("who is in stays in").isEqualTo(200);
      served.clock.putOn(Duration.ofSeconds(4));
      assertThat(logIn(served, Served.VIEWER).status()).isEqualTo(303);
      assertThat(logIn(served, "wrong").status()).isEqualTo(401);
      assertThat(logIn(served, "wrong").status()).isEqualTo(429);
    }
  }

  @Test
  void nobodyEndsTheSessionsOfOthersByLoggingIn() {
    HandClock clock = new HandClock();
    Sessions sessions = new Sessions(Duration.ofHours(8), Duration.ofHours(1), clock);
    String others = sessions.begin(Visitor.of("otto", DashboardRole.OPERATOR));
    String first = sessions.begin(Visitor.of("anna", DashboardRole.VIEWER));
    String last = first;
    for (int i = 0; i < 2_000; i++) {
      last = sessions.begin(Visitor.of("anna", DashboardRole.VIEWER));
    }
    assertThat(sessions.visitor(others)).isPresent();
    assertThat(sessions.visitor(last)).isPresent();
    assertThat(sessions.visitor(first)).isEmpty();
  }

  @Test
  void theSessionThatWasLoggedInAnewIsNoLonger() throws Exception {
    try (Served served = Served.with(Served.closed())) {
      String before = served.logIn(Served.VIEWER);
      Wire.Response again =
          Wire.ask(served.port, "POST", "/login", "token=" + Served.OPERATOR, before);
      assertThat(again.status()).isEqualTo(303);
      assertThat(served.get(WAVES, before).status()).isEqualTo(401);
    }
  }

  private static Wire.Response logIn(Served served, String token) throws IOException {
    return Wire.ask(served.port, "POST", "/login", "token=" + token);
  }

  private static Socket from(String address, int port) throws IOException {
    Socket socket =
        new Socket(InetAddress.getByName("127.0.0.1"), port, InetAddress.getByName(address), 0);
    socket.setSoTimeout(30_000);
    return socket;
  }

  /** The answer's first line; empty if there is none. */
  private static String status(Socket socket) {
    try {
      socket
          .getOutputStream()
          .write(
              "GET /login HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      byte[] first = socket.getInputStream().readNBytes(15);
      return new String(first, StandardCharsets.US_ASCII);
    } catch (IOException e) {
      return "";
    }
  }
}
