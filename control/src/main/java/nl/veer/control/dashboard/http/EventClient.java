package nl.veer.control.dashboard.http;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * One who listens to events. A slow one is sent what is newest, and misses what was in between, so
 * that nothing piles up here. Safe for use by several threads.
 */
final class EventClient {
  private final String event;
  private final Stay stay;
  private final Response response;
  private final Callback callback;
  private final Instant until;
  private final Consumer<EventClient> left;
  private final CompletableFuture<Void> gone = new CompletableFuture<>();

  /** What waits while something is being written; all below is guarded by this. */
  private byte @Nullable [] next;

  /** From the start: nothing goes out before the beginning. */
  private boolean writing = true;

  private boolean ending;
  private boolean over;

  /**
   * @param event the name of its events
   * @param stay it is sent no more after this
   * @param until nor after this
   * @param left is told when it has gone, or was ended
   */
  EventClient(
      String event,
      Stay stay,
      Response response,
      Callback callback,
      Instant until,
      Consumer<EventClient> left) {
    this.event = event;
    this.stay = stay;
    this.response = response;
    this.callback = callback;
    this.until = until;
    this.left = left;
  }

  String event() {
    return event;
  }

  boolean isOf(String person) {
    return stay.person().equals(person);
  }

  boolean isOver(Instant now) {
    return !until.isAfter(now) || !stay.lasts().getAsBoolean();
  }

  /** Ends when the last byte has gone out, or the client has gone away. */
  CompletableFuture<Void> gone() {
    return gone;
  }

  /** Sends the beginning; once. */
  void begin(byte[] bytes) {
    write(bytes);
  }

  /** Sends this, in the place of what still waits. */
  void send(byte[] bytes) {
    synchronized (this) {
      if (writing) {
        next = bytes;
        return;
      }
      if (ending || over) {
        return;
      }
      writing = true;
    }
    write(bytes);
  }

  /** Sends a sign of life, if nothing else is on its way. */
  void beat(byte[] bytes) {
    synchronized (this) {
      if (writing || ending || over) {
        return;
      }
      writing = true;
    }
    write(bytes);
  }

  /** Ends the stream as a whole one, behind what is being written. */
  void end() {
    synchronized (this) {
      boolean underWay = writing || ending || over;
      ending = true;
      if (underWay) {
        return;
      }
      writing = true;
    }
    finish();
  }

  private void write(byte[] bytes) {
    response.write(false, ByteBuffer.wrap(bytes), Callback.from(this::written, this::broken));
  }

  private void written() {
    byte[] more;
    boolean last;
    synchronized (this) {
      more = next;
      next = null;
      last = ending;
      writing = last || more != null;
    }
    if (last) {
      finish();
    } else if (more != null) {
      write(more);
    }
  }

  private void finish() {
    synchronized (this) {
      over = true;
    }
    left.accept(this);
    response.write(
        true, ByteBuffer.allocate(0), Callback.from(callback, () -> gone.complete(null)));
  }

  /** It has gone away. */
  private void broken(Throwable thrown) {
    synchronized (this) {
      over = true;
    }
    left.accept(this);
    callback.failed(thrown);
    gone.complete(null);
  }
}
