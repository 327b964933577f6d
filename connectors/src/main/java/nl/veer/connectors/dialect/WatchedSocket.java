package nl.veer.connectors.dialect;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;

/**
 * A socket that knows how long its user has waited for the other side, whatever runs above it (TLS
 * too). TCP alone never tells: a peer that has gone behind a middlebox, or whose answer was lost,
 * looks like one that thinks. Read and written by the session's thread, asked and closed by any.
 */
final class WatchedSocket extends Socket {
  /** A user that looks for bytes without waiting has looked within this time. */
  private static final long POLLED_NANOS = Duration.ofSeconds(5).toNanos();

  /** A user that gives up a read after this much was waiting for an answer, not polling. */
  private static final int ANSWER_MILLIS = 1_000;

  /** What a slow link takes a while for is not waited for in one piece. */
  private static final int SLICE_BYTES = 64 << 10;

  private static final long IDLE = 0;

  private final Runnable unanswered;

  /** When the read or write under way began; both can be under way at once. */
  private volatile long readingSince = IDLE;

  private volatile long writingSince = IDLE;
  private volatile long heardAt = System.nanoTime();
  private volatile long polledInVainAt = heardAt - POLLED_NANOS;

  /**
   * @param unanswered told when an answer did not come in its time
   */
  WatchedSocket(Runnable unanswered) {
    this.unanswered = unanswered;
  }

  /** When the read or write began that waits now; 0 if none does. A value of the nano clock. */
  long waitingSince() {
    long writing = writingSince;
    return writing == IDLE ? readingSince : writing;
  }

  /** How long it has been looked for bytes in vain; zero if nobody looks now. */
  Duration silence() {
    long now = System.nanoTime();
    return now - polledInVainAt > POLLED_NANOS ? Duration.ZERO : Duration.ofNanos(now - heardAt);
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return new FilterInputStream(super.getInputStream()) {
      private boolean heard;

      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        readingSince = now();
        try {
          int count = in.read(bytes, offset, length);
          heardAt = System.nanoTime();
          if (!heard && NoProcessLeft.isSaidBy(bytes, offset, count)) {
            throw new NoProcessLeft();
          }
          heard = true;
          return count;
        } catch (SocketTimeoutException e) {
          if (getSoTimeout() >= ANSWER_MILLIS) {
            unanswered.run();
          } else {
            polledInVainAt = System.nanoTime();
          }
          throw e;
        } finally {
          readingSince = IDLE;
        }
      }
    };
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    return new FilterOutputStream(super.getOutputStream()) {
      @Override
      public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        int end = offset + length;
        try {
          for (int at = offset; at < end; at += SLICE_BYTES) {
            writingSince = now();
            out.write(bytes, at, Math.min(SLICE_BYTES, end - at));
          }
        } finally {
          writingSince = IDLE;
        }
      }
    };
  }

  private static long now() {
    long now = System.nanoTime();
    return now == IDLE ? 1 : now;
  }
}
