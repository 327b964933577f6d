package nl.veer.control.cli;

import java.util.List;
import nl.veer.verifier.blame.Investigation;

/** Shows how far log and echo are read, on a terminal. Owned by one thread. */
final class TopicProgress implements Investigation.Progress, AutoCloseable {
  private static final long PACE_NANOS = 500_000_000;

  private final Console console;
  private long shown = System.nanoTime();

  TopicProgress(Console console) {
    this.console = console;
  }

  @Override
  public void at(String topic, long offset, long end) {
    if (System.nanoTime() - shown > PACE_NANOS) {
      shown = System.nanoTime();
      console.redraw(List.of("reading the %s: %,d of %,d records".formatted(topic, offset, end)));
    }
  }

  @Override
  public void close() {
    console.redraw(List.of());
  }
}
