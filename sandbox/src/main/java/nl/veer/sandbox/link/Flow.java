package nl.veer.sandbox.link;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

/** One direction of a passage, on a thread of its own. */
final class Flow {
  /** What is held between a read and a write, and the system's buffer before it. */
  static final int CAPACITY = 64 * 1024;

  private final Link link;
  private final Passage passage;
  private final Fault.Side side;
  private final Socket from;
  private final Socket to;

  Flow(Link link, Passage passage, Fault.Side side, Socket from, Socket to) {
    this.link = link;
    this.passage = passage;
    this.side = side;
    this.from = from;
    this.to = to;
  }

  void run() {
    try {
      pass();
    } catch (IOException e) {
      broken();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      passage.flowEnded();
    }
  }

  private void pass() throws IOException, InterruptedException {
    byte[] buffer = new byte[CAPACITY];
    InputStream in = from.getInputStream();
    OutputStream out = to.getOutputStream();
    while (passage.kept() == null) {
      int count = in.read(buffer);
      if (passage.kept() != null || !link.awaitPassage(side)) {
        break;
      }
      if (count < 0) {
        to.shutdownOutput();
        return;
      }
      if (!deliver(out, buffer, count)) {
        passage.reset();
        return;
      }
    }
    swallow();
  }

  /** False if not all of it may pass. */
  private boolean deliver(OutputStream out, byte[] buffer, int count)
      throws IOException, InterruptedException {
    for (int done = 0; done < count; ) {
      int piece = link.takeTime(count - done);
      int allowed = passage.allowed(piece);
      out.write(buffer, done, allowed);
      link.delivered(allowed);
      if (allowed < piece) {
        return false;
      }
      done += piece;
    }
    return true;
  }

  /** The side that believes the connection lives can send on, to nobody. */
  private void swallow() throws IOException {
    if (passage.kept() == side) {
      InputStream in = from.getInputStream();
      byte[] lost = new byte[CAPACITY];
      while (in.read(lost) >= 0) {
        // Read on: see above.
        continue;
      }
    }
  }

  /** One side has broken: the other one hears of it when it hears anything. */
  private void broken() {
    try {
      if (passage.kept() != null) {
        swallow();
      } else if (link.awaitPassage(side)) {
        passage.reset();
      }
    } catch (IOException e) {
      // It has gone by itself.
      return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
