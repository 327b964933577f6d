package nl.veer.control.wave;

import java.util.function.Consumer;
import nl.veer.connectors.failure.Failure;
import org.jspecify.annotations.Nullable;

/**
 * A role's thread, and what has become of it. What ends the role is kept, so that it is known for
 * as long as the run is. Safe for use by several threads.
 */
public final class RoleThread {
  private final String role;
  private final Thread thread;
  private volatile @Nullable Failure failure;

  /**
   * @param work told of this, so that it can say how it failed
   */
  RoleThread(String role, String name, Consumer<RoleThread> work) {
    this.role = role;
    this.thread = new Thread(() -> work.accept(this), name);
  }

  void start() {
    thread.start();
  }

  void failed(Failure end) {
    failure = end;
  }

  void join(long millis) throws InterruptedException {
    thread.join(millis);
  }

  /** The role's word: {@code capture}, {@code replicate}, {@code echo}, {@code ledger} … */
  public String role() {
    return role;
  }

  public boolean isRunning() {
    return thread.isAlive();
  }

  /** What it ended with; null while it runs, and if it ended because it was asked to. */
  public @Nullable Failure failure() {
    return failure;
  }
}
