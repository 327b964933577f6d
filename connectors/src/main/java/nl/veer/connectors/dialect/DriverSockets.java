package nl.veer.connectors.dialect;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The sockets that PgJDBC opens for whoever hands it {@link #properties}, so that they can be
 * watched and cut from outside. Safe for several threads.
 */
public final class DriverSockets implements AutoCloseable {
  static final String OWNER = "socketFactoryArg";
  private static final Map<String, DriverSockets> OWNERS = new ConcurrentHashMap<>();

  private final String owner = UUID.randomUUID().toString();
  private final List<WatchedSocket> sockets = new CopyOnWriteArrayList<>();

  private DriverSockets() {}

  /** Takes in sockets until it is closed. */
  public static DriverSockets open() {
    DriverSockets sockets = new DriverSockets();
    OWNERS.put(sockets.owner, sockets);
    return sockets;
  }

  /** A new socket; an answer that one of an owner's misses in its time ends them all. */
  static WatchedSocket socketOf(String owner) {
    DriverSockets sockets = OWNERS.get(owner);
    if (sockets == null) {
      return new WatchedSocket(() -> {});
    }
    WatchedSocket socket = new WatchedSocket(sockets::abort);
    sockets.sockets.removeIf(WatchedSocket::isClosed);
    sockets.sockets.add(socket);
    return socket;
  }

  /** For the driver. */
  public Map<String, String> properties() {
    return Map.of("socketFactory", WatchedSocketFactory.class.getName(), OWNER, owner);
  }

  /** The longest time that one of them has been polled without any byte; zero if none is. */
  public Duration silence() {
    return sockets.stream()
        .filter(socket -> !socket.isClosed())
        .map(WatchedSocket::silence)
        .max(Duration::compareTo)
        .orElse(Duration.ZERO);
  }

  /** The longest time that one of them has waited for an answer, or been polled in vain. */
  public Duration waited() {
    long since = waitingSince();
    Duration blocked = since == 0 ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - since);
    Duration silence = silence();
    return blocked.compareTo(silence) > 0 ? blocked : silence;
  }

  /** When the read or write began that one of them waits for now; 0 if none does. */
  long waitingSince() {
    return sockets.stream()
        .filter(socket -> !socket.isClosed())
        .mapToLong(WatchedSocket::waitingSince)
        .filter(since -> since != 0)
        .findFirst()
        .orElse(0);
  }

  /** Cuts them, below TLS: whoever waits in one gets an error. Never waits. */
  public void abort() {
    for (WatchedSocket socket : sockets) {
      try {
        socket.close();
      } catch (IOException e) {
        // It is cut as far as this side can.
        continue;
      }
    }
  }

  /** Takes in no more; those that it has stay as they are. */
  @Override
  public void close() {
    OWNERS.remove(owner);
  }
}
