package nl.veer.control.cli;

import java.io.PrintWriter;
import java.util.List;

/**
 * Where a command prints. On a terminal, a block of lines can be redrawn in place; elsewhere only
 * plain lines are printed. Owned by one thread.
 */
final class Console {
  /** From the first column: the echo of Ctrl-C stands before it. */
  private static final String UP = "\r\u001b[%dA";

  private static final String CLEAR_LINE = "\u001b[2K";

  /** Long lines are cut by the terminal itself, which knows its width when it was resized. */
  private static final String NO_WRAP = "\u001b[?7l";

  private static final String WRAP = "\u001b[?7h";
  private static final String CLEAR_BELOW = "\u001b[J";
  private static final String GREEN = "\u001b[32m";
  private static final String RED = "\u001b[31m";
  private static final String PLAIN = "\u001b[0m";

  private final PrintWriter out;
  private final boolean terminal;
  private int drawn;

  Console(PrintWriter out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** This process's own output. The launcher says whether it is a terminal. */
  static Console of(PrintWriter out) {
    return new Console(out, Boolean.getBoolean("veer.terminal"));
  }

  boolean isTerminal() {
    return terminal;
  }

  /** Words that say that all is well: green on a terminal. */
  String good(String text) {
    return terminal ? GREEN + text + PLAIN : text;
  }

  /** Words that say that something is not: red on a terminal. */
  String bad(String text) {
    return terminal ? RED + text + PLAIN : text;
  }

  /** A line that stays, above the block that is redrawn. */
  void line(String text) {
    erase();
    out.println(text);
    out.flush();
  }

  /** Draws the block in the place of the one before; only on a terminal. */
  void redraw(List<String> lines) {
    if (!terminal) {
      return;
    }
    if (drawn > 0) {
      out.print(UP.formatted(drawn));
    }
    out.print(NO_WRAP);
    for (String line : lines) {
      out.print(CLEAR_LINE);
      out.println(line);
    }
    out.print(WRAP + CLEAR_BELOW);
    out.flush();
    drawn = lines.size();
  }

  /** The block stays as it is; the next one begins below it. */
  void keep() {
    drawn = 0;
  }

  private void erase() {
    if (terminal && drawn > 0) {
      out.print(UP.formatted(drawn) + CLEAR_BELOW);
      drawn = 0;
    }
  }
}
