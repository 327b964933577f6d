package nl.veer.sandbox.link;

import java.time.Duration;

/**
 * What ails a {@link Link}. The near side is who connects (a client), the far side is who is
 * connected to (a server).
 */
public sealed interface Fault {

  /** One end of a link. */
  enum Side {
    NEAR,
    FAR;

    Side other() {
      return this == NEAR ? FAR : NEAR;
    }
  }

  /** Nothing: bytes pass as they come. */
  record None() implements Fault {}

  /** Every connection is reset, and new ones are refused. Refused ones cannot be counted. */
  record Cut() implements Fault {}

  /**
   * Connections are kept and new ones accepted, but nothing is delivered either way, not even that
   * one side has gone. What was sent meanwhile arrives when the link heals. Senders block as soon
   * as the link's small buffers are full.
   */
  record BlackHole() implements Fault {}

  /**
   * Nothing that this side sends is delivered; the other direction passes. What was sent meanwhile
   * arrives when the link heals.
   */
  record OneWay(Side muted) implements Fault {}

  /**
   * On the connections that are there when it begins, one side is gone and the other believes that
   * all is well: what it sends is taken and lost, and it never hears anything again. New
   * connections pass. When the link heals, the believing side is reset.
   */
  record HalfOpen(Side believing) implements Fault {}

  /**
   * Each direction delivers a piece of at most 64 KiB this much later, and takes the next one only
   * then: as a long way with a small window.
   */
  record Delay(Duration eachWay) implements Fault {}

  /** Each direction of each connection passes this many bytes a second. */
  record Throttle(long bytesPerSecond) implements Fault {}

  /**
   * Each connection, also a new one, is reset on both sides once this many bytes, both directions
   * together, have passed through it since the fault began. With 0, at once.
   */
  record ResetAfter(long bytes) implements Fault {}
}
