package nl.veer.control.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;

/** Signs a document and writes it, as JSON or as a page. */
public final class ReportFiles {
  private final ReportDocument document;
  private final SignedReport signed;
  private final ReportKey key;

  public ReportFiles(ReportDocument document, ReportKey key) {
    this.document = document;
    this.key = key;
    this.signed = SignedReport.of(ReportJson.write(document), key);
  }

  /** The signed JSON. */
  public String json() {
    return signed.text();
  }

  /** The signed page, which holds the signed JSON. */
  public String page() {
    return SignedReport.page(ReportPage.of(document, signed), key);
  }

  /**
   * Writes it whole, or leaves what was there.
   *
   * @throws Failure CONFIGURATION if it cannot be written there
   */
  public static void write(Path file, String text) {
    Path directory = file.toAbsolutePath().getParent();
    try {
      Path whole = file.resolveSibling("." + file.getFileName() + ".part");
      if (directory != null) {
        Files.createDirectories(directory);
      }
      Files.writeString(whole, text, StandardCharsets.UTF_8);
      Files.move(whole, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new Failure(
          FailureKind.CONFIGURATION,
          "REPORT_FILE",
          "The report cannot be written to %s (%s).".formatted(file, e.getClass().getSimpleName()),
          e);
    }
  }
}
