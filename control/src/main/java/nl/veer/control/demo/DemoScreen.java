package nl.veer.control.demo;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import nl.veer.control.cutover.Attempt;
import nl.veer.control.cutover.CutoverProgress;
import nl.veer.control.gate.GateReport;

/** Where a demo shows what happens. Called by one thread. */
public interface DemoScreen {
  /** A line that stays. */
  void line(String text);

  /**
   * What is so now; replaces what was shown before.
   *
   * @param table the whole picture, for a terminal
   * @param plain the same in one line, for elsewhere
   */
  void now(List<String> table, String plain);

  /** What came out, while everything stays as it is then. Not called if it does not stay. */
  void told(DemoReport report);

  /** How the gate stands. */
  void gate(GateReport report);

  /**
   * Shows how an attempt goes while it is made.
   *
   * @param budget writes may be refused for so long
   * @param work makes it, and tells how it goes
   */
  Attempt attempt(Duration budget, Function<CutoverProgress, Attempt> work);
}
