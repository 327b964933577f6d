package nl.veer.control.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;

/** Asks whoever sits there for the name of what is about to be changed for good. */
final class Confirmation {
  private Confirmation() {}

  /**
   * Whether the answer is the name.
   *
   * @param of what has the name, for example {@code wave}
   */
  static boolean of(PrintWriter out, String of, String name) {
    out.print("Write the " + of + "'s name (" + name + ") to go on: ");
    out.flush();
    try {
      return name.equals(
          new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()))
              .readLine());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
