package nl.veer.sandbox.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import nl.veer.sandbox.link.Fault.Side;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LinkTest {
  private static final InetAddress HERE = InetAddress.getLoopbackAddress();
  private static final int QUIET_MILLIS = 80;
  private static final int PATIENCE_MILLIS = 10_000;

  private ServerSocket server;
  private Link link;
  private Socket near;
  private Socket far;

  @BeforeEach
  void connect() throws IOException {
    server = new ServerSocket(0, 10, HERE);
    link = Link.to(server.getLocalPort());
    near = new Socket(HERE, link.port());
    far = server.accept();
  }

  @AfterEach
  void close() throws IOException {
    near.close();
    far.close();
    link.close();
    server.close();
  }

  @Test
  void passesBytesAndTheirEndBothWays() throws IOException {
    near.getOutputStream().write(1);
    far.getOutputStream().write(2);
    assertThat(read(far)).isEqualTo(1);
    assertThat(read(near)).isEqualTo(2);

    near.shutdownOutput();

    assertThat(read(far)).isEqualTo(-1);
    assertThat(link.accepted()).isEqualTo(1);
    Awaitility.await().until(() -> link.carried() == 2);
  }

  @Test
  void aCutEndsWhatIsThereAndRefusesWhatIsNew() throws IOException {
    link.suffer(new Fault.Cut());

    assertReset(near);
    assertReset(far);
    // The system may take one more in while the listener is being closed; it is reset at once.
    Awaitility.await().until(this::refusesConnections);
    assertAnotherPassesAfterHealing();
  }

  private boolean refusesConnections() throws IOException {
    try (Socket another = new Socket(HERE, link.port())) {
      return false;
    } catch (ConnectException e) {
      return true;
    }
  }

  @Test
  void aBlackHoleKeepsEverythingAndDeliversItWhenItHeals() throws IOException {
    link.suffer(new Fault.BlackHole());
    near.getOutputStream().write(1);
    far.getOutputStream().write(2);
    try (Socket another = new Socket(HERE, link.port())) {
      another.getOutputStream().write(3);
      assertSilent(near);
      assertSilent(far);

      link.heal();

      assertThat(read(far)).isEqualTo(1);
      assertThat(read(near)).isEqualTo(2);
      try (Socket arrived = server.accept()) {
        assertThat(read(arrived)).isEqualTo(3);
      }
    }
  }

  @Test
  void aBlackHoleTellsNobodyThatTheOtherSideHasGone() throws IOException {
    link.suffer(new Fault.BlackHole());

    near.close();

    assertSilent(far);
    link.heal();
    assertThat(read(far)).isEqualTo(-1);
  }

  @Test
  void aSenderIntoABlackHoleBlocksAfterABoundedAmount() throws Exception {
    link.suffer(new Fault.BlackHole());
    near.setSendBufferSize(16 * 1024);
    long[] sent = new long[1];
    Thread sender =
        new Thread(
            () -> {
              try {
                byte[] some = new byte[16 * 1024];
                while (sent[0] < 100L << 20) {
                  near.getOutputStream().write(some);
                  sent[0] += some.length;
                }
              } catch (IOException e) {
                // The test closes it.
                return;
              }
            });
    sender.start();
    sender.join(QUIET_MILLIS * 4);

    assertThat(sender.isAlive()).isTrue();
    assertThat(sent[0]).isLessThan(16L << 20);
    near.close();
    sender.join(PATIENCE_MILLIS);
  }

  @Test
  void oneDirectionCanBeDeadAlone() throws IOException {
    link.suffer(new Fault.OneWay(Side.NEAR));
    near.getOutputStream().write(1);
    far.getOutputStream().write(2);

    assertThat(read(near)).isEqualTo(2);
    assertSilent(far);
    link.heal();
    assertThat(read(far)).isEqualTo(1);
  }

  @Test
  void theSideThatBelievesSendsToNobodyAndIsToldWhenTheLinkHeals() throws IOException {
    link.suffer(new Fault.HalfOpen(Side.NEAR));

    assertReset(far);
    for (int i = 0; i < 200; i++) {
      near.getOutputStream().write(new byte[16 * 1024]);
    }
    assertSilent(near);
    try (Socket another = new Socket(HERE, link.port());
        Socket arrived = server.accept()) {
      another.getOutputStream().write(3);
      assertThat(read(arrived)).isEqualTo(3);
    }
    link.heal();
    assertReset(near);
  }

  @Test
  void theFarSideCanBeTheOneThatBelieves() throws IOException {
    link.suffer(new Fault.HalfOpen(Side.FAR));

    assertReset(near);
    assertSilent(far);
    link.heal();
    assertReset(far);
  }

  @Test
  void aResetComesAfterExactlySoManyBytes() throws IOException {
    link.suffer(new Fault.ResetAfter(3));

    near.getOutputStream().write(new byte[] {1, 2, 3, 4});

    assertThat(read(far)).isEqualTo(1);
    assertReset(near);
    try (Socket another = new Socket(HERE, link.port())) {
      another.getOutputStream().write(new byte[10]);
      assertReset(another);
    }
    assertAnotherPassesAfterHealing();
  }

  @Test
  void aDelayDelaysEachWayAndAChangeEndsTheWait() throws IOException {
    link.suffer(new Fault.Delay(Duration.ofMillis(50)));
    long begin = System.nanoTime();
    near.getOutputStream().write(1);
    far.getOutputStream().write(read(far));
    assertThat(read(near)).isEqualTo(1);
    assertThat(System.nanoTime() - begin).isGreaterThan(100_000_000);

    link.suffer(new Fault.Delay(Duration.ofHours(1)));
    near.getOutputStream().write(2);
    assertSilent(far);
    link.heal();
    assertThat(read(far)).isEqualTo(2);
  }

  @Test
  void aThrottleLetsSoManyBytesPassInATime() throws IOException {
    link.suffer(new Fault.Throttle(100_000));
    long begin = System.nanoTime();

    near.getOutputStream().write(new byte[20_000]);
    far.setSoTimeout(PATIENCE_MILLIS);
    assertThat(far.getInputStream().readNBytes(20_000)).hasSize(20_000);

    assertThat(System.nanoTime() - begin).isGreaterThan(190_000_000);
  }

  @Test
  void closingEndsItsThreadsAndConnections() throws IOException {
    String name = "link " + link.port();
    assertThat(threads(name)).isPositive();

    link.close();

    assertReset(near);
    assertReset(far);
    Awaitility.await().until(() -> threads(name) == 0 && link.open() == 0);
  }

  private static long threads(String name) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith(name))
        .count();
  }

  private void assertAnotherPassesAfterHealing() throws IOException {
    link.heal();
    try (Socket another = new Socket(HERE, link.port())) {
      another.getOutputStream().write(7);
      Socket arrived = server.accept();
      while (arrived.getInputStream().available() == 0 && read(arrived) != 7) {
        arrived = server.accept();
      }
      arrived.close();
    }
  }

  private static int read(Socket socket) throws IOException {
    socket.setSoTimeout(PATIENCE_MILLIS);
    try {
      return socket.getInputStream().read();
    } catch (SocketTimeoutException e) {
      throw new AssertionError("Nothing came", e);
    }
  }

  private static void assertSilent(Socket socket) throws IOException {
    socket.setSoTimeout(QUIET_MILLIS);
    assertThatThrownBy(() -> socket.getInputStream().read())
        .isInstanceOf(SocketTimeoutException.class);
  }

  private static void assertReset(Socket socket) {
    assertThatThrownBy(() -> read(socket))
        .isInstanceOf(SocketException.class)
        .isNotInstanceOf(SocketTimeoutException.class);
  }
}
