package nl.veer.control.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import nl.veer.control.report.ReportDocument.Configuration;
import nl.veer.control.report.ReportDocument.Incident;
import nl.veer.control.report.ReportDocument.Side;

/** Reports without a migration. */
final class Samples {
  private Samples() {}

  /** Something of everything, as a migration of a shop may have it. */
  static ReportDocument shop() {
    return of("EQUAL", "public.customers");
  }

  /**
   * @param table a name that stands in many places
   */
  static ReportDocument of(String verdict, String table) {
    List<WaveSection.Table> tables = new ArrayList<>();
    tables.add(table(table, "EQUAL", 1_204_331, 1));
    tables.add(table("public.order_lines", "EQUAL", 18_220_104, 2));
    tables.add(table("public.orders", verdict, 6_003_310, 3));
    WaveSection wave =
        new WaveSection(
            "main",
            0,
            "source",
            "target",
            true,
            verdict,
            verdict.equals("UNKNOWN") ? "BEHIND" : null,
            verdict.equals("UNKNOWN") ? "No process balances this wave." : null,
            "0/5D1A9F20",
            "scan 3",
            new WaveSection.Applied(481_220, "0/5D1A9F20", "2026-11-29T18:04:11.120934Z"),
            new WaveSection.Ledger(
                11L,
                481_220L,
                "0/5D1A9F20",
                "0/9920B1C8",
                39_118,
                481_209,
                2_410_877,
                3_110,
                0,
                25_427_745,
                1,
                0,
                Map.of(table + ".score rounded to 2 decimals", 1_204_331L),
                "2026-11-29T18:04:11.402118Z",
                null),
            tables,
            List.of(
                change("2026-11-29T09:12:44.1Z", "UNKNOWN", "NEVER_SCANNED", null, "load"),
                change("2026-11-29T09:48:02.9Z", "EQUAL", null, "0/41002210", "scan 3"),
                change("2026-11-29T11:20:15.3Z", "DIFFERENT", null, "0/4A11B020", "finding 1"),
                change("2026-11-29T11:52:40.7Z", "EQUAL", null, "0/4B9002E8", "scan 9")));
    return new ReportDocument(
        ReportDocument.FORMAT,
        "0.1.0",
        "shop",
        "2026-11-29T18:04:12.551202Z",
        verdict,
        verdict.equals("EQUAL")
            ? "Each of 3 tables holds the same rows on both sides, at the positions that are given"
                + " with it, but for what is listed as not compared."
            : "No process balances this wave.",
        new Side("jdbc:postgresql://old.example.org:5432/shop", "PostgreSQL 14.13", null),
        new Side("jdbc:postgresql://new.example.net:5432/shop", "PostgreSQL 17.2", null),
        new Configuration("veer.yaml", "9f".repeat(32)),
        List.of(wave),
        List.of(
            new Leftover("audit.entries", "no wave includes it"),
            new Leftover("public.sessions", "excluded by 'public.sess*' of wave main")),
        null,
        List.of(table + ".score rounded to 2 decimals"),
        List.of(
            new Incident(
                "main",
                0,
                "ledger",
                1,
                "FOREIGN_WRITE",
                table,
                "0a".repeat(16),
                List.of("email"),
                1,
                "a transaction that is not Veer's changed the row",
                null,
                "0/7710A2F0",
                "2026-11-29T11:20:15.310422Z",
                "CLOSED",
                "FOREIGN_WRITER",
                "Transaction 88120 of the target carries no stamp.",
                "repair 1",
                "2026-11-29T11:51:58.001Z")),
        true,
        List.of(
            new Chapter("Waivers", "No predicate of the gate was waived.", List.of(), List.of()),
            new Chapter(
                "Cutovers",
                "There was no cutover.",
                List.of("wave", "kind", "state", "marker", "outage millis"),
                List.of(
                    List.of("main", "REHEARSAL", "ABORTED", "0/5C0012F8", "412"),
                    List.of("main", "CUTOVER", "OPENED", "0/5D1A9F20", "655")))),
        new AuditSection(
            3,
            "c0ffee".repeat(10) + "c0ff",
            null,
            0,
            0,
            List.of(
                entry(1, "2026-11-29T09:00:01.5Z", "", "veer run", "began"),
                entry(2, "2026-11-29T11:51:40.2Z", "main", "veer repair --apply", "asked for"),
                entry(3, "2026-11-29T11:51:58.0Z", "main", "veer repair --apply", "done"))));
  }

  private static WaveSection.Change change(
      String at,
      String verdict,
      @org.jspecify.annotations.Nullable String reason,
      @org.jspecify.annotations.Nullable String position,
      String by) {
    return new WaveSection.Change(at, verdict, reason, position, by);
  }

  private static WaveSection.Table table(String name, String verdict, long rows, long scan) {
    String sum = "%032x".formatted(rows * 0x9E3779B97F4AL);
    return new WaveSection.Table(
        name,
        "COMPLETE",
        rows - 20,
        verdict,
        verdict.equals("UNKNOWN") ? "BEHIND" : null,
        verdict.equals("UNKNOWN") ? "The ledger is more than 30 s behind." : null,
        "0/5D1A9F20",
        "scan " + scan,
        new WaveSection.Scan(
            scan,
            "EQUAL",
            rows,
            rows,
            sum,
            scan == 2 ? "%032x".formatted(rows) : sum,
            "SHA-256, keyed",
            verdict.equals("UNKNOWN") ? null : "0/5C9F0000",
            verdict.equals("UNKNOWN") ? null : "0/5D100A80",
            "0/5D100A80",
            scan == 1,
            rows / 20_000 + 1,
            0,
            scan == 2 ? 4 : 0,
            0,
            0,
            scan == 1
                ? List.of(
                    new WaveSection.Excluded("score", "rounded to 2 decimals", rows),
                    new WaveSection.Excluded("search", "the target computes it", rows))
                : List.of(),
            "2026-11-29T17:5%d:02.118Z".formatted(scan),
            8_120));
  }

  private static AuditSection.Entry entry(
      long number, String at, String wave, String what, String result) {
    return new AuditSection.Entry(
        number, at, "veer", "10.2.0.14", "ann@ops1 process 4711", wave, what, result);
  }
}
