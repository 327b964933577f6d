package nl.veer.control.cli;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Ends long work cleanly on Ctrl-C and on {@code veer stop}: the signal asks the work to stop, the
 * work closes what it opened, and then the process ends with the work's own exit code. At most one
 * piece of long work runs in a process.
 *
 * <p>Signals are handled, where a shutdown hook would not do: in a JVM that is going down nothing
 * can be started or registered any more, the exit code is the signal's, and to change that one must
 * halt, which leaves temporary files behind.
 */
final class CleanExit implements AutoCloseable {
  private static final List<String> SIGNALS = List.of("INT", "TERM", "HUP");

  /** Longer than the roles' own patience, shorter than an operator's. */
  private static final long PATIENCE_SECONDS = 60;

  private final CountDownLatch over = new CountDownLatch(1);
  private final Map<Signal, SignalHandler> before = new HashMap<>();

  private CleanExit() {}

  /** From now on until {@link #close}, a signal calls this and the work is awaited. */
  static CleanExit with(Runnable stop) {
    CleanExit exit = new CleanExit();
    for (String name : SIGNALS) {
      Signal signal = new Signal(name);
      SignalHandler old = Signal.handle(signal, received -> exit.onSignal(stop));
      if (old.equals(SignalHandler.SIG_IGN)) {
        // As under nohup: who started the process wants it so.
        Signal.handle(signal, old);
      } else {
        exit.before.put(signal, old);
      }
    }
    return exit;
  }

  private void onSignal(Runnable stop) {
    stop.run();
    try {
      if (!over.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        Runtime.getRuntime().halt(ExitCode.FAILED);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Everything that the work opened is closed. */
  @Override
  public void close() {
    over.countDown();
    before.forEach(Signal::handle);
  }
}
