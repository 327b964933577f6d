package nl.veer.sandbox.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FreePortsTest {
  @TempDir Path directory;

  @Test
  void handsOutNoPortTwiceAndNoneThatOutgoingConnectionsGet() {
    assertThat(Stream.generate(FreePorts::any).limit(100))
        .doesNotHaveDuplicates()
        .allMatch(port -> port < 32_768);
  }

  @Test
  void remembersAPortUntilSomebodyElseTakesIt() throws Exception {
    Path file = directory.resolve("port");
    int first = FreePorts.remembered(file);

    assertThat(FreePorts.remembered(file)).isEqualTo(first);
    try (ServerSocket taken =
        new ServerSocket(first, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
      assertThat(FreePorts.remembered(file)).isNotEqualTo(taken.getLocalPort());
    }
  }
}
