package nl.veer.control.dashboard.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SocketChannel;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.jetty.io.SelectorManager;
import org.eclipse.jetty.util.IO;

/**
 * Lets each client have so many connections: there are only so many in all, and they are taken
 * before it is known who comes. One too many is closed at once. Safe for use by several threads.
 */
final class AddressLimit implements SelectorManager.AcceptListener {
  private final int most;

  /** Guarded by this, as the other; one channel has one client. */
  private final Map<SelectableChannel, String> clients = new HashMap<>();

  private final Map<String, Integer> connections = new HashMap<>();

  AddressLimit(int most) {
    this.most = most;
  }

  @Override
  public synchronized void onAccepting(SelectableChannel channel) {
    String client = client(channel);
    clients.put(channel, client);
    if (connections.merge(client, 1, Integer::sum) > most) {
      // Its end is then told as one that could not be accepted.
      IO.close(channel);
    }
  }

  @Override
  public void onAcceptFailed(SelectableChannel channel, Throwable cause) {
    left(channel);
  }

  @Override
  public void onClosed(SelectableChannel channel) {
    left(channel);
  }

  private synchronized void left(SelectableChannel channel) {
    String client = clients.remove(channel);
    if (client != null) {
      connections.computeIfPresent(
          client, (any, count) -> count > 1 ? (Integer) (count - 1) : null);
    }
  }

  /** Who has gone already is nobody, together with all such. */
  private static String client(SelectableChannel channel) {
    try {
      SocketAddress address = ((SocketChannel) channel).getRemoteAddress();
      return address instanceof InetSocketAddress known ? Network.of(known.getAddress()) : "";
    } catch (IOException e) {
      return "";
    }
  }
}
