package nl.veer.connectors.capture;

import java.time.Duration;
import java.util.function.LongSupplier;
import nl.veer.connectors.event.LogId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.connectors.log.LogWriter;

/**
 * What a capture makes of being cut off from its log. Kafka does that to one that another has taken
 * over from, but also to one that was silent for longer than a transaction may take, or whose own
 * earlier attempts to open the log reach Kafka late, when a network is back: the errors are the
 * same. So a fence alone never ends a capture. It begins anew, which is safe at any time; if it
 * finds the slot held, by its own session perhaps that the server has not given up yet, it waits in
 * its turn; and only if the log grows meanwhile, which takes another writer, is this a conflict.
 *
 * <p>The role's thread calls it; {@link #mended} may come from any.
 */
final class FencedOff {
  static final String SLOT_IN_USE = "SLOT_IN_USE";
  private static final int LOOKS = 10;
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final long UNKNOWN = -1;

  private final LogId log;
  private volatile boolean fenced;

  /** The log's last transaction when the slot was first found held; nobody else's yet. */
  private long before = UNKNOWN;

  FencedOff(LogId log) {
    this.log = log;
  }

  /** This capture writes again. */
  void mended() {
    fenced = false;
  }

  /**
   * @return what to say of it while it begins anew
   */
  Failure by(Failure fence) {
    fenced = true;
    before = UNKNOWN;
    return new Failure(
        FailureKind.TRANSIENT,
        fence.code(),
        "This capture's writing to the log was cut off, by another capture of the wave, or by Kafka"
            + " after a long pause or a lost connection. Looking who holds the slot.",
        fence);
  }

  /**
   * Looks until the slot is free, after a fence for some seconds.
   *
   * @param look throws {@code SLOT_IN_USE} if it is held
   * @param transaction the log's last, as it is now
   * @throws Failure CONFLICT if another holds the slot and writes the log
   */
  void requireFreeSlot(Runnable look, LongSupplier transaction, StopSignal stop) {
    for (int looks = 1; ; looks++) {
      try {
        look.run();
        return;
      } catch (Failure held) {
        if (!fenced || !held.code().equals(SLOT_IN_USE) || stop.isRaised()) {
          throw held;
        }
        long now = transaction.getAsLong();
        if (before == UNKNOWN) {
          before = now;
        } else if (now > before) {
          throw takenOver(held);
        }
        if (looks == LOOKS || stop.await(PAUSE)) {
          throw held;
        }
      }
    }
  }

  private Failure takenOver(Failure held) {
    return new Failure(
        FailureKind.CONFLICT,
        LogWriter.FENCED,
        "Another capture of the wave "
            + log
            + " writes its log and holds its slot now; this one has ended.",
        held);
  }
}
