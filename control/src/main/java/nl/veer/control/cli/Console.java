package nl.veer.control.cli;

import java.io.PrintWriter;
import java.util.List;

/**
 * Where a command prints. On a terminal, a block of lines can be redrawn in place; elsewhere only
 * plain lines are printed. Owned by one thread.
 */
final class Console {
  private static final String UP = "\u001b[%dA";
  private static final String CLEAR_LINE = "\u001b[2K";
  private static final String CLEAR_BELOW = "\u001b[J";

  private final PrintWriter out;
  private final boolean terminal;
  private final int width;
  private int drawn;

  Console(PrintWriter out, boolean terminal, int width) {
    this.out = out;
    this.terminal = terminal;
    this.width = width;
  }

  /** This process's own output. The launcher says how wide the terminal is, 0 for none. */
  static Console of(PrintWriter out) {
    int width = Integer.getInteger("veer.terminal.width", 0);
    return new Console(out, width > 0, width);
  }

  boolean isTerminal() {
    return terminal;
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
    for (String line : lines) {
      out.print(CLEAR_LINE);
      out.println(line.length() < width ? line : line.substring(0, width - 1));
    }
    out.print(CLEAR_BELOW);
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
