package nl.veer.control.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import nl.veer.control.dashboard.PlainView;
import nl.veer.control.dashboard.view.Cause;
import nl.veer.verifier.record.CauseRecord;
import nl.veer.verifier.record.CauseRecord.Counts;
import nl.veer.verifier.record.CauseRecord.FoundBy;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** The command that a cause tells to enter next is one that there is. */
class CauseCommandTest {
  private static final CommandLine VEER = Veer.commandLine();

  private static final List<String> TABLES =
      List.of("public.orders", PlainView.HOSTILE, "it's.\"half\" $(rm) `x` \\ \n", "");

  static Stream<Arguments> causes() {
    return Stream.of(
        Arguments.of(new Counts(1, 0, 5, 1, 1), "diff", "diff"),
        Arguments.of(new Counts(0, 1, 0, 0, 0), "diff", "diff"),
        Arguments.of(new Counts(0, 0, 2, 3, 0), "repair", "scan"),
        Arguments.of(new Counts(0, 0, 0, 3, 1), "scan", "scan"),
        Arguments.of(new Counts(0, 0, 0, 0, 4), null, null));
  }

  @ParameterizedTest
  @MethodSource("causes")
  void whatIsToldNextIsUnderstood(Counts counts, String ofDifferences, String ofFindings)
      throws Exception {
    for (String table : TABLES) {
      assertUnderstood(counts, FoundBy.SCAN, table, ofDifferences);
      assertUnderstood(counts, FoundBy.LEDGER, table, ofFindings);
    }
  }

  private static void assertUnderstood(Counts counts, FoundBy by, String table, String wanted)
      throws Exception {
    String line = Cause.of("main", record(counts, by, table)).command();
    if (wanted == null) {
      assertThat(line).isNull();
      return;
    }
    List<String> words = shell(Objects.requireNonNull(line));
    assertThat(words.get(0)).isEqualTo("veer");
    ParseResult parsed = VEER.parseArgs(words.subList(1, words.size()).toArray(String[]::new));
    ParseResult command = parsed.subcommand();
    assertThat(command.commandSpec().name()).isEqualTo(wanted);
    assertThat((String) command.matchedOptionValue("--wave", "")).isEqualTo("main");
    Object asked = command.matchedOptionValue("--table", wanted.equals("scan") ? List.of() : "");
    assertThat(asked)
        .isEqualTo(wanted.equals("scan") ? (table.isEmpty() ? List.of() : List.of(table)) : table);
    assertThat(line).as("what is copied changes nothing").doesNotContain("--apply");
  }

  private static CauseRecord record(Counts counts, FoundBy by, String table) {
    return new CauseRecord(
        by, table, "VALUES", "note", counts, Instant.EPOCH, Instant.EPOCH, 1, "", "", null, null);
  }

  /** The words as a real shell takes them apart. */
  private static List<String> shell(String line) throws Exception {
    Process shell =
        new ProcessBuilder(
                "sh", "-c", "veer() { printf 'veer\\0'; printf '%s\\0' \"$@\"; }\n" + line)
            .redirectErrorStream(true)
            .start();
    String said = new String(shell.getInputStream().readAllBytes(), "UTF-8");
    assertThat(shell.waitFor()).as(said).isZero();
    List<String> words = new ArrayList<>(List.of(said.split("\0", -1)));
    words.remove(words.size() - 1);
    return words;
  }
}
