package nl.veer.control.cutover;

import java.time.Duration;

/** Whoever shows how an attempt goes. Called by the thread that drives it; must not fail. */
public interface CutoverProgress {
  CutoverProgress NONE = new CutoverProgress() {};

  /** A step begins. */
  default void begun(CutoverState state) {}

  /** It is done. */
  default void done(CutoverState state, Duration took) {}

  /** Something worth a line. */
  default void says(String what) {}

  /** Writes are refused from now on; {@code outage} says for how long, whenever it is asked. */
  default void outageBegins(java.util.function.Supplier<Duration> outage) {}

  /** Writes are taken again. */
  default void outageEnds(Duration outage) {}
}
