package nl.veer.control.cli;

import java.util.ArrayList;
import java.util.List;
import nl.veer.control.demo.DemoReport;

/** A demo's report, for people. */
final class DemoSummary {
  private DemoSummary() {}

  static List<String> lines(DemoReport report) {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add("  tables        %,d".formatted(report.tables()));
    lines.add("  rows          %,d".formatted(report.rows()));
    lines.add("  transactions  %,d".formatted(report.transactions()));
    lines.add("  changes       %,d applied".formatted(report.events()));
    lines.add(
        report.loadRowsPerSecond() == 0
            ? "  load          none this time"
            : "  load          %,d rows/s".formatted(report.loadRowsPerSecond()));
    lines.add(
        "  lag           p50 %,d ms, p99 %,d ms, max %,d ms"
            .formatted(
                report.lagMillis().p50(), report.lagMillis().p99(), report.lagMillis().max()));
    lines.add("  verdict       " + proven(report));
    lines.add("  oracle        " + verdict(report));
    if (report.verdict() != report.proven() && report.verdict() != DemoReport.Verdict.UNKNOWN) {
      lines.add("                The two must agree: this is a defect, please report it.");
    }
    report.differences().forEach(difference -> lines.add("                " + difference));
    return lines;
  }

  private static String proven(DemoReport report) {
    String at = report.provenAt();
    return report.proven()
        + (at == null ? "" : " at the source's position " + at)
        + ": ledger and scans";
  }

  private static String verdict(DemoReport report) {
    return switch (report.verdict()) {
      case EQUAL -> "EQUAL: every table, compared byte by byte";
      case DIFFERENT -> "DIFFERENT";
      case UNKNOWN -> "UNKNOWN: the end was not reached, so nothing was compared";
    };
  }
}
