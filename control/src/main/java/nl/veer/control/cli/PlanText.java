package nl.veer.control.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import org.jspecify.annotations.Nullable;

/** Where a plan's statements go: a new file that only its owner may read, or an output. */
final class PlanText implements AutoCloseable {
  private final @Nullable PrintWriter out;
  private final boolean own;

  private PlanText(@Nullable PrintWriter out, boolean own) {
    this.out = out;
    this.own = own;
  }

  /**
   * @param file null for the output
   * @param output null for nowhere
   * @throws Failure CONFIGURATION if the file exists, or cannot be written
   */
  static PlanText to(@Nullable Path file, @Nullable PrintWriter output) {
    if (file == null) {
      return new PlanText(output, false);
    }
    try {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      return new PlanText(
          new PrintWriter(
              Files.newBufferedWriter(file, StandardCharsets.UTF_8, StandardOpenOption.WRITE)),
          true);
    } catch (IOException e) {
      throw new Failure(
          FailureKind.CONFIGURATION,
          "PLAN_FILE",
          "The plan cannot be written to %s, which must not exist yet: %s."
              .formatted(file, e.getClass().getSimpleName()));
    }
  }

  void line(String text) {
    if (out != null) {
      out.println(text);
    }
  }

  /**
   * @throws Failure TRANSIENT if the file is not whole
   */
  @Override
  public void close() {
    if (out != null && own) {
      out.close();
      if (out.checkError()) {
        throw new Failure(
            FailureKind.TRANSIENT, "PLAN_FILE", "The plan's file could not be written to its end.");
      }
    }
  }
}
