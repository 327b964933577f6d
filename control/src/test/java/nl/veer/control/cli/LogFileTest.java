package nl.veer.control.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.ContextInitializer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is written of a message: Veer's own words, of others who see rows the fixed ones. */
class LogFileTest {
  private static final String ROW = "NL91ABNA0417164300";
  private final Logger debezium = LoggerFactory.getLogger("io.debezium.connector.postgresql.Any");
  private final Logger veer = LoggerFactory.getLogger("nl.veer.control.Any");

  @TempDir private Path directory;

  @AfterEach
  void restore() throws Exception {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    new ContextInitializer(context).autoConfig();
  }

  @Test
  void whatDebeziumQuotesIsLeftOut() throws Exception {
    Path file = opened();

    debezium.error("Cannot parse time/date value '{}', expected format '{}'", ROW, "x");
    debezium.error("Failed to parse PgArray: " + ROW, new IllegalStateException("of " + ROW));
    debezium.warn("Retrying {} of {}", ROW, 3);

    assertThat(Files.readString(file))
        .contains(
            "Cannot parse time/date value …",
            "Failed to parse PgArray …",
            "java.lang.IllegalStateException\n\tat nl.veer.control.cli.LogFileTest",
            "Retrying {} of {}")
        .doesNotContain(ROW);
  }

  @Test
  void ofExceptionsOnlyAFailuresWordsAreWritten() throws Exception {
    Path file = opened();
    Throwable cause = new NumberFormatException("For input string: " + ROW);

    veer.error("Role failed", new Failure(FailureKind.BUG, "LOAD", "The load broke.", cause));

    assertThat(Files.readString(file))
        .contains("BUG LOAD: The load broke.", "Caused by: java.lang.NumberFormatException\n")
        .doesNotContain(ROW);
  }

  @Test
  void theFileIsItsOwnersAlone() throws Exception {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(opened())))
        .isEqualTo("rw-------");
  }

  @Test
  void aFileThatCannotBeOpenedIsNotGoneWithout() {
    Path nowhere = directory.resolve("missing").resolve("veer.log");

    assertThatThrownBy(() -> LogFile.open(nowhere))
        .isInstanceOfSatisfying(
            Failure.class, e -> assertThat(e.code()).isEqualTo("DATA_DIRECTORY"))
        .hasMessageContaining(nowhere.toString());
  }

  private Path opened() {
    Path file = directory.resolve("veer.log");
    LogFile.open(file);
    return file;
  }
}
