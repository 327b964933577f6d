package nl.veer.control.demo;

import nl.veer.connectors.failure.StopSignal;

/**
 * Whoever watches a demo, and may end it at any moment.
 *
 * @param stop raised when it shall end
 */
record Audience(DemoScreen screen, StopSignal stop) {
  /** A line that stays. */
  void line(String text) {
    screen.line(text);
  }

  boolean hasLeft() {
    return stop.isRaised();
  }
}
