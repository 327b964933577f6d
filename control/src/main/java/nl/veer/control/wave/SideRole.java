package nl.veer.control.wave;

/**
 * A role beside the crossing, on a thread of its own: it looks at what the crossing does and is
 * never in its way. When it ends with a failure, it shows that itself, and nothing else ends.
 */
public interface SideRole {

  /** One word, for logs and the thread's name. */
  String name();

  /** Runs until {@link #stop} is called, or a failure ends it. */
  void run();

  /** Ends {@link #run}; returns at once. Safe from any thread. */
  void stop();
}
