package nl.veer.sandbox.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports on 127.0.0.1 that nobody listens on. They lie below the range that systems give to outgoing
 * connections: a client that keeps knocking at a stopped server's port inside that range can end up
 * connected to itself, and the server never gets its port back.
 *
 * <p>Safe for use by several threads: within this JVM no port is handed out twice. Another JVM may
 * see the port of a server that is stopped for a while; so each begins in a part of its own.
 */
public final class FreePorts {
  private static final int LOWEST = 15_000;
  private static final int HIGHEST = 32_000;
  private static final int ATTEMPTS = 1_000;
  private static final int PARTS = 8;
  private static final int PART = (HIGHEST - LOWEST) / PARTS;
  private static final int OWN = LOWEST + PART * (int) (ProcessHandle.current().pid() % PARTS);
  private static final Set<Integer> HANDED_OUT = new HashSet<>();

  private FreePorts() {}

  /** Any free port. */
  public static synchronized int any() {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      int port =
          attempt < ATTEMPTS / 2
              ? ThreadLocalRandom.current().nextInt(OWN, OWN + PART)
              : ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
      if (isFree(port) && HANDED_OUT.add(port)) {
        return port;
      }
    }
    throw new SandboxFailure(
        "No free TCP port on 127.0.0.1 between "
            + LOWEST
            + " and "
            + HIGHEST
            + "; end some servers");
  }

  /**
   * The port that the file remembers, when it is still free; otherwise another one, which the file
   * remembers from now on. So a server with kept data is found where it was.
   */
  public static int remembered(Path file) {
    try {
      if (Files.exists(file)) {
        int port = Integer.parseInt(Files.readString(file).strip());
        if (isFree(port)) {
          return port;
        }
      }
      int port = any();
      PrivateFiles.write(file, port + "\n");
      return port;
    } catch (IOException | NumberFormatException e) {
      throw new SandboxFailure("Cannot keep the port in " + file + ": " + e, e);
    }
  }

  static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
