package nl.veer.control.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Ends long work cleanly on Ctrl-C and on {@code veer stop}: the signal asks the work to stop, the
 * work closes what it opened, and then the process ends with the work's own exit code. At most one
 * piece of long work runs in a process.
 */
final class CleanExit implements AutoCloseable {
  /** Longer than the roles' own patience, shorter than an operator's. */
  private static final long PATIENCE_SECONDS = 60;

  private static final AtomicReference<CleanExit> CURRENT = new AtomicReference<>();

  private final CountDownLatch over = new CountDownLatch(1);
  private final Thread hook;
  private volatile int code = ExitCode.FAILED;

  private CleanExit(Runnable stop) {
    this.hook = new Thread(() -> onSignal(stop), "stop");
  }

  /** From now on until {@link #close}, a signal calls this and waits for the end of the work. */
  static CleanExit with(Runnable stop) {
    CleanExit exit = new CleanExit(stop);
    CURRENT.set(exit);
    Runtime.getRuntime().addShutdownHook(exit.hook);
    return exit;
  }

  private void onSignal(Runnable stop) {
    stop.run();
    try {
      if (over.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        Runtime.getRuntime().halt(code);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Everything that the work opened is closed. */
  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
      CURRENT.set(null);
    } catch (IllegalStateException e) {
      // The JVM is going down already: main() tells the code through exit().
      return;
    }
  }

  /** The process's end; called by main with the command's exit code. */
  static void exit(int code) {
    CleanExit ending = CURRENT.get();
    if (ending != null) {
      ending.code = code;
      ending.over.countDown();
      return;
    }
    System.exit(code);
  }
}
