package nl.veer.control.cli;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import nl.veer.control.cutover.Attempt;
import nl.veer.control.cutover.CutoverProgress;
import nl.veer.control.demo.DemoReport;
import nl.veer.control.demo.DemoScreen;
import nl.veer.control.gate.GateReport;

/** A demo on the console: redrawn on a terminal, elsewhere a line every few seconds. */
final class DemoConsole implements DemoScreen {
  private static final long TERMINAL_PACE_NANOS = 500_000_000L;
  private static final long PLAIN_PACE_NANOS = 5_000_000_000L;

  private final Console console;
  private final Consumer<DemoReport> telling;
  private long printed = System.nanoTime();

  /**
   * @param telling tells what came out, while the demo stays
   */
  DemoConsole(Console console, Consumer<DemoReport> telling) {
    this.console = console;
    this.telling = telling;
  }

  @Override
  public void told(DemoReport report) {
    console.keep();
    telling.accept(report);
  }

  @Override
  public void line(String text) {
    console.line(text);
  }

  @Override
  public void now(List<String> table, String plain) {
    long now = System.nanoTime();
    if (now - printed < (console.isTerminal() ? TERMINAL_PACE_NANOS : PLAIN_PACE_NANOS)) {
      return;
    }
    printed = now;
    if (console.isTerminal()) {
      console.redraw(table);
    } else {
      console.line(plain);
    }
  }

  /** All of an open gate; of another what is in the way. */
  @Override
  public void gate(GateReport report) {
    if (report.open()) {
      GateTable.lines(report, console).forEach(console::line);
      return;
    }
    int all = report.predicates().size();
    console.line(
        "Gate: %d of %d predicates hold; in the way is still:"
            .formatted(all - report.blockers().size(), all));
    report
        .blockers()
        .forEach(
            one -> console.line("  %s  %s".formatted(one.name(), Visible.of(one.state().value()))));
  }

  @Override
  public Attempt attempt(Duration budget, Function<CutoverProgress, Attempt> work) {
    try (CutoverScreen screen = new CutoverScreen(console, budget, false)) {
      return work.apply(screen);
    }
  }
}
