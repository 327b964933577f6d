package nl.veer.control.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import nl.veer.control.report.Html.Cell;
import nl.veer.control.report.Html.Pair;
import nl.veer.control.report.ReportDocument.Incident;

/**
 * A report as one page that needs nothing else: no script, no request. It is to be read by somebody
 * who has never seen Veer, on a screen or on paper, so it says in words what each figure bounds.
 */
final class ReportPage {
  private final ReportDocument report;
  private final Html html = new Html();

  private ReportPage(ReportDocument report) {
    this.report = report;
  }

  /** The page, with the signed text in it. */
  static String of(ReportDocument report, SignedReport signed) {
    return new ReportPage(report).page(signed);
  }

  private String page(SignedReport signed) {
    html.raw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        .raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
        .raw("<meta name=\"referrer\" content=\"no-referrer\">\n")
        .in("title", "Migration " + report.migration() + ": " + report.verdict())
        .raw("<style>\n" + style() + "</style>\n</head>\n<body>\n<main>\n");
    head();
    scope();
    boolean moved = report.waves().stream().anyMatch(wave -> wave.leg() > 0);
    report.waves().forEach(wave -> new WavePage(html, wave, moved).write());
    exclusions();
    incidents();
    report.chapters().forEach(this::chapter);
    audit();
    signature(signed);
    html.raw("</main>\n</body>\n</html>\n");
    return html.toString();
  }

  private void head() {
    html.raw("<header>\n")
        .in("p", "kind", "Certificate of a database migration")
        .in("h1", report.migration())
        .raw("<div class=\"statement " + Html.verdictClass(report.verdict()) + "\">\n")
        .in("p", "word", report.verdict())
        .in("p", "", report.words())
        .raw("</div>\n")
        .in(
            "p",
            "made",
            "Made at %s by the target's clock, by Veer %s."
                .formatted(time(report.madeAt()), report.veer()))
        .raw("</header>\n");
  }

  private void scope() {
    html.in("h2", "Scope")
        .pairs(
            List.of(
                Pair.code("From", report.source().url()),
                Pair.of("", report.source().server()),
                Pair.of("", report.source().unread()),
                Pair.code("To", report.target().url()),
                Pair.of("", report.target().server()),
                Pair.of("Configuration", report.configuration().file()),
                Pair.code("its SHA-256", report.configuration().sha256()),
                Pair.of("Tables", tables())));
    if (!report.leftOut().isEmpty()) {
      html.in("h3", "Tables of the source that are in no wave")
          .table(
              List.of("table", "why"),
              report.leftOut().stream()
                  .map(one -> List.of(Cell.of(one.table()), Cell.of(one.why())))
                  .toList());
    } else if (report.leftOutUnknown() == null) {
      html.in("p", "No table of the source is left out.");
    } else {
      html.in("p", "Which tables of the source are left out is not known.");
    }
  }

  private String tables() {
    long count =
        report.waves().stream()
            .filter(WaveSection::current)
            .mapToLong(wave -> wave.tables().size())
            .sum();
    long waves = report.waves().stream().map(WaveSection::wave).distinct().count();
    return "%,d in %,d %s".formatted(count, waves, waves == 1 ? "wave" : "waves");
  }

  private void exclusions() {
    html.in("h2", "Not compared, or not exactly");
    List<List<Cell>> rows = new ArrayList<>();
    for (WaveSection wave : report.waves()) {
      for (WaveSection.Table table : wave.tables()) {
        if (table.scan() != null) {
          for (WaveSection.Excluded one : table.scan().exclusions()) {
            rows.add(
                List.of(
                    new Cell(table.table(), "name"),
                    Cell.of(one.column()),
                    Cell.number(wave.leg()),
                    Cell.of(one.why()),
                    Cell.number(one.rows())));
          }
        }
      }
    }
    if (rows.isEmpty()) {
      html.in("p", "Every column of every table that was scanned was compared exactly.");
    } else {
      html.table(List.of("table", "column", "#leg", "why", "#rows"), rows);
    }
    html.list(report.tolerances().stream().map(one -> "declared: " + one).toList());
  }

  private void incidents() {
    html.in("h2", "Everything that was ever found");
    if (report.incidents().isEmpty()) {
      html.in(
          "p",
          report.allListed()
              ? "Nothing: no scan and no ledger has found a difference."
              : "Not all records could be read; in those that were, nothing.");
      return;
    }
    html.table(
        List.of("wave", "#leg", "found", "what", "row", "how it ended"),
        report.incidents().stream().map(ReportPage::incident).toList());
    html.in(
        "p",
        "small",
        "Rows are named by a keyed digest of their key. Their values are not in this report.");
    if (!report.allListed()) {
      html.in(
          "p",
          "There are more than are listed here, or some could not be read: veer diff --all shows"
              + " them.");
    }
  }

  private static List<Cell> incident(Incident one) {
    String end =
        one.closedBy() == null
            ? "OPEN"
            : "%s by %s, %s"
                .formatted(
                    one.state(),
                    one.closedBy(),
                    time(Objects.requireNonNullElse(one.closedAt(), "")));
    String culprit = one.culprit() == null ? "" : "\nmade by " + one.culprit();
    String columns = one.columns().isEmpty() ? "" : " (" + String.join(", ", one.columns()) + ")";
    return List.of(
        Cell.of(one.wave()),
        Cell.number(one.leg()),
        Cell.of(one.by() + " " + one.id() + "\n" + time(one.foundAt())),
        Cell.of(one.kind() + ": " + one.what() + culprit),
        Cell.code(one.table() + columns + (one.key().isEmpty() ? "" : "\n" + one.key())),
        new Cell(end, one.closedBy() == null ? "different" : ""));
  }

  private void chapter(Chapter chapter) {
    html.in("h2", chapter.title());
    if (chapter.rows().isEmpty()) {
      html.in("p", chapter.none());
    } else {
      html.table(
          chapter.columns(),
          chapter.rows().stream().map(row -> row.stream().map(Cell::of).toList()).toList());
    }
  }

  private void audit() {
    AuditSection audit = report.audit();
    html.in("h2", "Who did what");
    String broken = audit.broken();
    if (broken != null) {
      html.raw("<div class=\"statement different\">\n")
          .in("p", "The audit log was tampered with: " + broken + ".")
          .raw("</div>\n");
    }
    if (audit.entries().isEmpty()) {
      html.in("p", "The audit log has no entry.");
      return;
    }
    html.table(
        List.of("#no.", "at", "who, from where", "wave", "what", "result"),
        audit.entries().stream().map(ReportPage::entry).toList());
    html.pairs(
        List.of(
            Pair.of("Entries", "%,d in the chain".formatted(audit.count())),
            Pair.of(
                "Not listed",
                audit.unlisted() == 0 ? null : "%,d older".formatted(audit.unlisted())),
            Pair.code("Head", audit.head())));
    html.in(
        "p",
        "small",
        "Each entry holds the hash of the one before it. As long as this head is kept, an entry that"
            + " is changed or removed later shows: veer audit --check --head, with this head.");
  }

  private static List<Cell> entry(AuditSection.Entry entry) {
    String from = entry.address() == null ? "" : " from " + entry.address();
    String process = entry.process().isEmpty() ? "" : "\n" + entry.process();
    return List.of(
        entry.number() == 0 ? Cell.of("") : Cell.number(entry.number()),
        new Cell(time(entry.at()), "time"),
        Cell.of(entry.role() + from + process),
        Cell.of(entry.wave()),
        Cell.of(entry.what()),
        Cell.of(entry.result()));
  }

  private void signature(SignedReport signed) {
    html.in("h2", "Signature")
        .pairs(
            List.of(
                Pair.of("Signed with", "Ed25519"),
                Pair.code("Key's SHA-256", PublicKeys.fingerprint(signed.key()))))
        .in(
            "p",
            "To check this file, with no database and no configuration: veer report --check FILE --key"
                + " report-key.pub.pem. The public key must come from whoever signed, by another way"
                + " than this file: anybody can sign with a key of their own.")
        .raw("<details>\n")
        .in("summary", "The same as JSON, as it was signed")
        .raw(SignedReport.PAGE_BEGIN + signed.text() + SignedReport.PAGE_END)
        .raw("\n</details>\n");
  }

  /** Seconds are enough for people; the JSON has more. */
  static String time(String instant) {
    int dot = instant.indexOf('.');
    return (dot < 0 ? instant.replace("Z", "") : instant.substring(0, dot)).replace('T', ' ')
        + " UTC";
  }

  private static String style() {
    try (InputStream style =
        Objects.requireNonNull(ReportPage.class.getResourceAsStream("report.css"))) {
      return new String(style.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
