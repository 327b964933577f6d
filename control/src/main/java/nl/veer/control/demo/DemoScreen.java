package nl.veer.control.demo;

import java.util.List;

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
}
