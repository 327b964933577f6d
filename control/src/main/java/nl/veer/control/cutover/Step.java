package nl.veer.control.cutover;

/**
 * What is done in one state. Either direction may be repeated, whoever has begun it and however far
 * it came: what is done already is left as it is.
 */
interface Step {

  /** The state in which it runs. */
  CutoverState state();

  /** Called before the first step of a drive, in whichever state that begins. */
  default void prepare(Drive drive) {}

  /**
   * @throws nl.veer.connectors.failure.Failure if it cannot be done, or not within the budget
   */
  void run(Drive drive);

  /**
   * Called where steps before it are to be done once more: what a former driver has done of it by
   * then, ahead of its turn, is taken back. That takes its time, so the fence is lowered first.
   *
   * @return whether there was something, so that all begins anew with the preparation
   */
  default boolean takeBack(Drive drive) {
    return false;
  }

  /** Leaves things as they were before it, whether it has run, half run or not at all. */
  default void undo(Drive drive) {}
}
