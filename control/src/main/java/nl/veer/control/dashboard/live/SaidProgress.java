package nl.veer.control.dashboard.live;

import java.time.Duration;
import java.util.function.Consumer;
import nl.veer.control.cutover.CutoverProgress;
import nl.veer.control.cutover.CutoverState;

/** Says in a sentence how an attempt goes; its steps and times are on record. */
final class SaidProgress implements CutoverProgress {
  private final Consumer<String> says;

  SaidProgress(Consumer<String> says) {
    this.says = says;
  }

  @Override
  public void begun(CutoverState state) {
    says.accept("%s begins.".formatted(state.word()));
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
