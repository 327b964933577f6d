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
   * Called where steps before it are done once more: what was done of it by then, ahead of its
   * turn, is taken back, as if those had never been done.
   */
  default void takeBack(Drive drive) {}

  /** Leaves things as they were before it, whether it has run, half run or not at all. */
  default void undo(Drive drive) {}
}
