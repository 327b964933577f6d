package nl.veer.sandbox.link;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/**
 * One connection through a link: two sockets and the two flows between them. Safe for use by
 * several threads; the link's lock may be held when it is called, so it calls the link only from
 * its flows.
 */
final class Passage {
  private static final int CONNECT_MILLIS = 5_000;

  private final Link link;
  private final Socket near;
  private final Socket far = new Socket();
  private Fault.@Nullable Side kept;
  private long left = Long.MAX_VALUE;
  private int flows;

  Passage(Link link, Socket near) {
    this.link = link;
    this.near = near;
  }

  void begin() {
    counted();
    Thread thread = new Thread(this::connect, "link " + near.getLocalPort() + " near");
    thread.setDaemon(true);
    thread.start();
  }

  /** The far side hears of a connection only when something can be delivered to it. */
  private void connect() {
    try {
      if (!link.awaitPassage(Fault.Side.NEAR) || !connected()) {
        reset();
        link.ended(this);
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    synchronized (this) {
      flows = 2;
    }
    Flow back = new Flow(link, this, Fault.Side.FAR, far, near);
    Thread thread = new Thread(back::run, "link " + near.getLocalPort() + " far");
    thread.setDaemon(true);
    thread.start();
    new Flow(link, this, Fault.Side.NEAR, near, far).run();
  }

  /** Also if one side is gone already and the other shall not notice. */
  private boolean connected() {
    try {
      near.setTcpNoDelay(true);
      far.setTcpNoDelay(true);
      far.setReceiveBufferSize(Flow.CAPACITY);
      far.connect(
          new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), link.far()),
          CONNECT_MILLIS);
      return true;
    } catch (IOException e) {
      return kept() != null;
    }
  }

  /** A flow has ended; the second one ends the passage. */
  void flowEnded() {
    boolean last;
    synchronized (this) {
      flows--;
      last = flows == 0;
    }
    if (last) {
      closeQuietly(near);
      closeQuietly(far);
      link.ended(this);
    }
  }

  /** How many of these bytes may still pass; if not all, a reset is due behind them. */
  synchronized int allowed(int bytes) {
    if (left == Long.MAX_VALUE) {
      return bytes;
    }
    int allowed = (int) Math.min(bytes, left);
    left -= allowed;
    return allowed;
  }

  /** The link's fault has changed: what may pass is counted from here. */
  void counted() {
    long allowance = link.allowance();
    synchronized (this) {
      left = allowance;
    }
  }

  /** The other side goes, and this one is not told. */
  void keepOnly(Fault.Side side) {
    synchronized (this) {
      kept = side;
    }
    reset(side == Fault.Side.NEAR ? far : near);
  }

  synchronized Fault.@Nullable Side kept() {
    return kept;
  }

  /** The side that was kept learns the truth. */
  void endHalf() {
    if (kept() != null) {
      reset();
    }
  }

  /** Both sides get a reset, not an end. */
  void reset() {
    reset(near);
    reset(far);
  }

  private static void reset(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
    } catch (IOException e) {
      // Closed already.
      return;
    } finally {
      closeQuietly(socket);
    }
  }

  static void closeQuietly(Closeable socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is of no more use either way.
      return;
    }
  }
}
