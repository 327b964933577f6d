package nl.veer.control.cli;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import nl.veer.control.cutover.CutoverProgress;
import nl.veer.control.cutover.CutoverState;
import org.jspecify.annotations.Nullable;

/**
 * Shows how an attempt goes: a line for each step that is done, with its time, and on a terminal
 * the step under way and the outage's clock. Safe for use by several threads.
 */
final class CutoverScreen implements CutoverProgress, AutoCloseable {
  private static final long TICK_MILLIS = 100;
  private static final long ENDS_WITHIN_MILLIS = 1_000;

  private final Console console;
  private final Duration budget;
  private final boolean silent;
  private final Thread clock;
  private @Nullable CutoverState state;
  private @Nullable Supplier<Duration> outage;
  private boolean closed;

  /**
   * @param silent whether nothing is shown
   */
  CutoverScreen(Console console, Duration budget, boolean silent) {
    this.console = console;
    this.budget = budget;
    this.silent = silent;
    this.clock = new Thread(this::tick, "outage clock");
    clock.setDaemon(true);
    if (console.isTerminal() && !silent) {
      clock.start();
    }
  }

  @Override
  public synchronized void begun(CutoverState begun) {
    state = begun;
    draw();
  }

  @Override
  public synchronized void done(CutoverState done, Duration took) {
    state = null;
    line("%-10s %,8d ms".formatted(done.word(), took.toMillis()));
    draw();
  }

  @Override
  public synchronized void says(String what) {
    line(what);
    draw();
  }

  private void line(String text) {
    if (!silent) {
      console.line(text);
    }
  }

  @Override
  public synchronized void outageBegins(Supplier<Duration> refused) {
    outage = refused;
    draw();
  }

  @Override
  public synchronized void outageEnds(Duration refused) {
    outage = null;
    draw();
  }

  private void draw() {
    if (closed || silent) {
      return;
    }
    String step = state == null ? "" : state.word() + " …";
    Supplier<Duration> refused = outage;
    console.redraw(
        refused == null
            ? List.of(step)
            : List.of(
                step,
                "writes are refused for %s of at most %s"
                    .formatted(seconds(refused.get()), seconds(budget))));
  }

  private static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1_000.0);
  }

  private void tick() {
    try {
      while (true) {
        Thread.sleep(TICK_MILLIS);
        synchronized (this) {
          if (closed) {
            return;
          }
          draw();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      console.redraw(List.of());
    }
    try {
      clock.join(ENDS_WITHIN_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
