package nl.veer.connectors.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WatchedSocketTest {
  private static final int BUFFER = 64 << 10;
  private static final int LARGE = 16 << 20;

  @Test
  void aLargeWriteThatGoesOnIsNotTakenForOneThatWaits() throws Exception {
    try (ServerSocket server = new ServerSocket();
        WatchedSocket socket = new WatchedSocket(() -> {})) {
      server.setReceiveBufferSize(BUFFER);
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      socket.setSendBufferSize(BUFFER);
      socket.connect(server.getLocalSocketAddress());
      try (Socket reader = server.accept()) {
        CompletableFuture<Void> write = CompletableFuture.runAsync(() -> write(socket));
        await().until(() -> socket.waitingSince() != 0);
        long begun = socket.waitingSince();

        reader.getInputStream().readNBytes(LARGE / 2);

        assertThat(write).isNotDone();
        await().until(() -> socket.waitingSince() != 0 && socket.waitingSince() != begun);
        reader.getInputStream().readNBytes(LARGE / 2);
        write.get(30, TimeUnit.SECONDS);
        assertThat(socket.waitingSince()).isZero();
      }
    }
  }

  private static void write(Socket socket) {
    try {
      socket.getOutputStream().write(new byte[LARGE]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
