package nl.veer.control.cutover;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.function.Function;

/**
 * The death of a coordinator: from one moment on it does nothing any more, and its sessions end. No
 * catching undoes anything, for an Error that is not the JVM's own is not caught.
 */
final class Death extends Error {
  private static final long serialVersionUID = 1L;

  /** Has an attempt made that dies there. */
  static void in(
      Function<CutoverProgress, Cutover> process,
      CutoverState state,
      Moment moment,
      AttemptKind kind) {
    CutoverProgress dying =
        new CutoverProgress() {
          @Override
          public void begun(CutoverState begun) {
            if (moment == Moment.BEFORE && begun.equals(state)) {
              throw new Death();
            }
          }

          @Override
          public void done(CutoverState done, Duration took) {
            if (moment == Moment.BEHIND && done.equals(state)) {
              throw new Death();
            }
          }
        };
    try (Cutover cutover = process.apply(dying)) {
      assertThatThrownBy(() -> cutover.run(kind, CutoverWorld.BUDGET)).isInstanceOf(Death.class);
    }
  }
}
