package nl.veer.sandbox.link;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import nl.veer.sandbox.process.FreePorts;
import nl.veer.sandbox.process.SandboxFailure;
import org.jspecify.annotations.Nullable;

/**
 * A TCP link on 127.0.0.1 from whoever connects to its port to a server's port, that can be made to
 * {@link #suffer} a {@link Fault} and to {@link #heal}. It buffers at most 64 KiB for each
 * direction of a connection, besides the system's own small socket buffers: a sender that nobody
 * reads from blocks.
 *
 * <pre>{@code
 * try (Link link = Link.to(postgres.port())) {
 *   connect("jdbc:postgresql://" + link.address() + "/shop");
 *   link.suffer(new Fault.BlackHole());
 *   link.heal();
 * }
 * }</pre>
 *
 * <p>Its threads (one that accepts, two for each connection) wait without a busy loop and end on
 * close. Safe for use by several threads.
 */
public final class Link implements AutoCloseable {
  private static final int BACKLOG = 50;

  /** A throttled link delivers in even small pieces. */
  private static final int PIECES_PER_SECOND = 20;

  private final int port;
  private final int far;
  private final Set<Passage> passages = new HashSet<>();
  private Fault fault = new Fault.None();
  private @Nullable ServerSocket listener;
  private long accepted;
  private long carried;
  private boolean closed;

  private Link(int port, int far) {
    this.port = port;
    this.far = far;
    listen();
  }

  /** A link from a free port to this one. Nobody needs to listen there yet. */
  public static Link to(int far) {
    return new Link(FreePorts.any(), far);
  }

  /** A link from a port that was chosen before, because the far side advertises it. */
  public static Link at(int port, int far) {
    return new Link(port, far);
  }

  public int port() {
    return port;
  }

  /** Host and port to connect to. */
  public String address() {
    return "127.0.0.1:" + port;
  }

  /** From now on the link has this fault, and no other. */
  public synchronized void suffer(Fault next) {
    requireOpen();
    boolean wasCut = fault instanceof Fault.Cut;
    boolean wasHalfOpen = fault instanceof Fault.HalfOpen;
    fault = next;
    List<Passage> present = List.copyOf(passages);
    if (wasHalfOpen) {
      present.forEach(Passage::endHalf);
    }
    present.forEach(Passage::counted);
    if (next instanceof Fault.Cut) {
      present.forEach(Passage::reset);
      unlisten();
    } else if (wasCut) {
      listen();
    }
    if (next instanceof Fault.HalfOpen half) {
      present.forEach(passage -> passage.keepOnly(half.believing()));
    }
    if (next instanceof Fault.ResetAfter limit && limit.bytes() == 0) {
      present.forEach(Passage::reset);
    }
    notifyAll();
  }

  /** From now on bytes pass; what was held back is delivered. */
  public void heal() {
    suffer(new Fault.None());
  }

  public synchronized Fault fault() {
    return fault;
  }

  /** Connections that were accepted so far, those that were reset at once too. */
  public synchronized long accepted() {
    return accepted;
  }

  /** Connections that are there now, in one half at least. */
  public synchronized int open() {
    return passages.size();
  }

  /** Bytes that were delivered so far, both directions together. */
  public synchronized long carried() {
    return carried;
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      unlisten();
      List.copyOf(passages).forEach(Passage::reset);
      notifyAll();
    }
  }

  int far() {
    return far;
  }

  /** Waits while nothing from this side is to be delivered; false when the link was closed. */
  synchronized boolean awaitPassage(Fault.Side from) throws InterruptedException {
    while (!closed && holdsBack(from)) {
      wait();
    }
    return !closed;
  }

  private boolean holdsBack(Fault.Side from) {
    return fault instanceof Fault.BlackHole
        || (fault instanceof Fault.OneWay oneWay && oneWay.muted() == from);
  }

  /**
   * Takes the time that a piece of at most this many bytes needs on a slow link; a change of the
   * fault ends the wait.
   *
   * @return how many bytes may be delivered now, at least one
   */
  synchronized int takeTime(int bytes) throws InterruptedException {
    if (fault instanceof Fault.Delay delay) {
      pause(delay.eachWay());
    } else if (fault instanceof Fault.Throttle throttle) {
      int piece = (int) Math.min(bytes, Math.max(1, throttle.bytesPerSecond() / PIECES_PER_SECOND));
      pause(Duration.ofSeconds(1).multipliedBy(piece).dividedBy(throttle.bytesPerSecond()));
      return piece;
    }
    return bytes;
  }

  private synchronized void pause(Duration time) throws InterruptedException {
    Fault slow = fault;
    long until = System.nanoTime() + time.toNanos();
    for (long left = time.toNanos(); left > 0 && fault == slow && !closed; ) {
      wait(left / 1_000_000 + 1);
      left = until - System.nanoTime();
    }
  }

  /** How many bytes a passage may deliver under this fault. */
  synchronized long allowance() {
    return fault instanceof Fault.ResetAfter limit ? limit.bytes() : Long.MAX_VALUE;
  }

  synchronized void delivered(int bytes) {
    carried += bytes;
  }

  synchronized void ended(Passage passage) {
    passages.remove(passage);
  }

  private void listen() {
    try {
      ServerSocket socket = new ServerSocket();
      socket.setReuseAddress(true);
      // Inherited by what is accepted: a sender shall soon feel that nobody reads.
      socket.setReceiveBufferSize(Flow.CAPACITY);
      socket.bind(
          new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port),
          BACKLOG);
      listener = socket;
      Thread thread = new Thread(() -> accept(socket), "link " + port);
      thread.setDaemon(true);
      thread.start();
    } catch (IOException e) {
      throw new SandboxFailure("No link can listen on port " + port + ": " + e, e);
    }
  }

  private void unlisten() {
    if (listener != null) {
      Passage.closeQuietly(listener);
      listener = null;
    }
  }

  private void accept(ServerSocket socket) {
    while (!socket.isClosed()) {
      try {
        begin(socket.accept());
      } catch (IOException e) {
        // Closed, or the caller has gone already: the loop's condition tells which.
        continue;
      }
    }
  }

  private synchronized void begin(Socket near) {
    accepted++;
    Passage passage = new Passage(this, near);
    if (closed || fault instanceof Fault.Cut || allowance() == 0) {
      passage.reset();
    } else {
      passages.add(passage);
      passage.begin();
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new SandboxFailure("The link at port " + port + " is closed.");
    }
  }
}
