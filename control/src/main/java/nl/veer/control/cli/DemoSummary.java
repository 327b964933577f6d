package nl.veer.control.cli;

import java.util.ArrayList;
import java.util.List;
import nl.veer.control.demo.DemoReport;
import nl.veer.control.demo.DemoReport.Verdict;
import org.jspecify.annotations.Nullable;

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
    lines.add(
        "  ledger        %,d batches, %,d rows balanced, %,d incidents"
            .formatted(
                report.ledger().batches(), report.ledger().rows(), report.ledger().incidents()));
    lines.add(
        "  scan          %s: %,d rows in %.1f s, under writes"
            .formatted(report.scan().verdict(), report.scan().rows(), report.scan().seconds()));
    lines.add("  rehearsal     " + move(report.rehearsal()));
    lines.add("  cutover       " + move(report.cutover()));
    lines.add(
        "  way back      %s: %,d rows balanced"
            .formatted(report.reverse().verdict(), report.reverse().rows()));
    lines.add("  verdict       " + proven(report));
    lines.add("  oracle        " + verdict(report.oracle()));
    if (!report.agrees() && report.oracle() != Verdict.UNKNOWN) {
      lines.add("                The two must agree: this is a defect, please report it.");
    }
    report.differences().forEach(difference -> lines.add("                " + difference));
    lines.addAll(certificate(report.certificate()));
    return lines;
  }

  private static String move(DemoReport.@Nullable Move move) {
    if (move == null) {
      return "none";
    }
    Long outage = move.outageMillis();
    return move.state()
        + (outage == null ? "" : ": writes were refused for %,d ms".formatted(outage));
  }

  private static String proven(DemoReport report) {
    String at = report.provenAt();
    return report.verdict() + (at == null ? "" : " at the position " + at) + ": ledger and scans";
  }

  private static String verdict(Verdict oracle) {
    return switch (oracle) {
      case EQUAL -> "EQUAL: every table, compared byte by byte";
      case DIFFERENT -> "DIFFERENT";
      case UNKNOWN -> "UNKNOWN: the end was not reached, so nothing was compared";
    };
  }

  private static List<String> certificate(DemoReport.@Nullable Certificate written) {
    if (written == null) {
      return List.of("  certificate   none");
    }
    return List.of(
        "  certificate   %s, %s; %s"
            .formatted(
                written.page(),
                written.json(),
                written.valid() ? "signed: " + written.verdict() : "NOT VALID"),
        "                check it with: veer report --check " + written.page());
  }
}
