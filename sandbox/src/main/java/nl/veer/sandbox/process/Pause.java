package nl.veer.sandbox.process;

import java.time.Duration;

/** A wait between two looks at something foreign that cannot tell us when it is ready. */
public final class Pause {
  private Pause() {}

  /** Waits; an interrupt becomes a failure, with the interrupt flag set. */
  public static void of(Duration duration) {
    try {
      Thread.sleep(duration.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SandboxFailure("Interrupted while waiting", e);
    }
  }
}
