package nl.veer.control.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import nl.veer.control.report.ReportCheck;
import nl.veer.control.report.ReportDocument;
import nl.veer.control.report.ReportFiles;
import nl.veer.control.report.ReportKey;
import nl.veer.control.report.ReportReader;
import nl.veer.control.report.ReportedLeg;

/** Epilogue: the migration's certificate is written, signed, and checked as anybody would. */
final class CertificateAct {
  private static final String PAGE = ".html";

  private final DemoStage stage;
  private final DemoNotes notes;
  private final DemoWorld world;

  CertificateAct(DemoStage stage, DemoNotes notes, DemoWorld world) {
    this.stage = stage;
    this.notes = notes;
    this.world = world;
  }

  void play(Path page, String veer) throws IOException {
    ReportDocument document =
        new ReportReader(stage.config(), world.configFile(), veer, ReportedLeg.of(stage.config()))
            .read();
    ReportKey key = ReportKey.in(ReportKey.usual(stage.config().data()));
    ReportFiles files = new ReportFiles(document, key);
    Path json = beside(page);
    ReportFiles.write(page, files.page());
    ReportFiles.write(json, files.json());
    boolean valid = isValid(page, key) && isValid(json, key);
    notes.certified(
        new DemoReport.Certificate(page.toString(), json.toString(), document.verdict(), valid));
    stage
        .audience()
        .line(
            "Certificate: %s and %s, %s, %s."
                .formatted(
                    page, json, document.verdict(), valid ? "signed and checked" : "NOT VALID"));
  }

  /** The same name with another ending. */
  static Path beside(Path page) {
    String name = page.getFileName().toString();
    String bare = name.endsWith(PAGE) ? name.substring(0, name.length() - PAGE.length()) : name;
    return page.resolveSibling(bare + ".json");
  }

  private static boolean isValid(Path file, ReportKey key) throws IOException {
    return ReportCheck.check(Files.readAllBytes(file), key.shown()) instanceof ReportCheck.Valid;
  }
}
