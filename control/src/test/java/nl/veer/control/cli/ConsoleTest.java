package nl.veer.control.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConsoleTest {
  private final StringWriter written = new StringWriter();

  @Test
  void aTerminalsBlockIsRedrawnInItsPlace() {
    Console console = new Console(new PrintWriter(written), true);

    console.redraw(List.of("one", "two"));
    console.redraw(List.of("three"));

    assertThat(written.toString())
        .isEqualTo(
            "\u001b[?7l\u001b[2Kone\n\u001b[2Ktwo\n\u001b[?7h\u001b[J"
                + "\r\u001b[2A\u001b[?7l\u001b[2Kthree\n\u001b[?7h\u001b[J");
  }

  @Test
  void aLineThatStaysRemovesTheBlockFirst() {
    Console console = new Console(new PrintWriter(written), true);

    console.redraw(List.of("block"));
    console.line("stays");

    assertThat(written.toString()).endsWith("\r\u001b[1A\u001b[Jstays\n");
  }

  @Test
  void elsewhereOnlyPlainLinesAreWritten() {
    Console console = new Console(new PrintWriter(written), false);

    console.redraw(List.of("block"));
    console.line("plain");

    assertThat(written.toString()).isEqualTo("plain\n");
  }
}
