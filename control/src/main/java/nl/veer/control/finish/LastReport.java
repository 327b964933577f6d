package nl.veer.control.finish;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import nl.veer.control.report.ReportDocument;
import nl.veer.control.report.ReportFiles;
import nl.veer.control.report.ReportKey;

/**
 * What is said of a migration at its end.
 *
 * @param json signed
 * @param page the same as a page
 */
record LastReport(String verdict, String json, String page) {
  private static final String PAGE = "veer-final-report.html";
  private static final String JSON = "veer-final-report.json";

  static LastReport of(ReportDocument document, ReportKey key) {
    ReportFiles files = new ReportFiles(document, key);
    return new LastReport(document.verdict(), files.json(), files.page());
  }

  static Path page(Path directory) {
    return directory.resolve(PAGE);
  }

  static Path json(Path directory) {
    return directory.resolve(JSON);
  }

  /** Writes both files; what was there under their names is replaced. */
  void write(Path directory) {
    ReportFiles.write(json(directory), json);
    ReportFiles.write(page(directory), page);
  }

  /** Of the signed JSON. */
  String sha256() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(json.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
