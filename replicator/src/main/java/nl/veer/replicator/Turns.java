package nl.veer.replicator;

import java.util.function.BooleanSupplier;
import nl.veer.replicator.apply.Applier;

/**
 * What a replicator does under its epoch, turn by turn: it loads what is not on record as loaded,
 * then applies the log until it is asked to stop, or until a table is to be loaded anew. The wave's
 * log waits while a table is loaded: that keeps the handover exact and the order of the rest. Owned
 * by one thread.
 */
final class Turns {
  private final Load load;
  private final Apply apply;
  private final BooleanSupplier goesOn;

  /** The load of a wave's tables. */
  interface Load {
    boolean isComplete();

    /** Loads what is left; returns early when asked to stop. */
    void run();
  }

  /** The applying of a wave's log. */
  interface Apply {
    Applier.End run();
  }

  /**
   * @param goesOn whether nobody has asked to stop
   */
  Turns(Load load, Apply apply, BooleanSupplier goesOn) {
    this.load = load;
    this.apply = apply;
    this.goesOn = goesOn;
  }

  /** One attempt: until it is asked to stop, or one of the turns fails. */
  void run() {
    while (goesOn.getAsBoolean()) {
      if (!load.isComplete()) {
        load.run();
      } else if (apply.run() == Applier.End.STOPPED) {
        return;
      }
    }
  }
}
