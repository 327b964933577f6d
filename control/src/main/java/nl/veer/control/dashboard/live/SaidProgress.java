package nl.veer.control.dashboard.live;

import java.time.Duration;
import java.util.function.Consumer;
import nl.veer.control.cutover.CutoverProgress;
import nl.veer.control.cutover.CutoverState;

/**
 * Says in a sentence how an attempt goes; its steps and times are on record. Owned by one thread.
 */
final class SaidProgress implements CutoverProgress {
  private final Consumer<String> says;
  private boolean begun;

  SaidProgress(Consumer<String> says) {
    this.says = says;
  }

  @Override
  public void begun(CutoverState state) {
    begun = true;
    says.accept("%s begins.".formatted(state.word()));
  }

  /** Whether a step of it has begun: there is an attempt, and it is the one that was asked for. */
  boolean hasBegun() {
    return begun;
  }

  @Override
  public void done(CutoverState state, Duration took) {
    says.accept("%s is done, in %,d ms.".formatted(state.word(), took.toMillis()));
  }

  @Override
  public void says(String what) {
    says.accept(what);
  }
}
