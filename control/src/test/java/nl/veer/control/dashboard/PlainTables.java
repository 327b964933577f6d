package nl.veer.control.dashboard;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nl.veer.control.dashboard.view.ColumnDifferences;
import nl.veer.control.dashboard.view.LookedTable;
import nl.veer.control.dashboard.view.TableRanges;
import nl.veer.control.dashboard.view.TableRanges.Range;
import nl.veer.control.dashboard.view.TableScan;
import nl.veer.control.dashboard.view.TableView;
import nl.veer.control.status.VerdictFigures;
import org.jspecify.annotations.Nullable;

/** Of the wave main's tables: orders was scanned often and is being scanned, new never was. */
final class PlainTables implements TableView {
  private static final String ORDERS = "public.orders";
  private static final String OLD = "2026-11-29T11:20:00Z";
  private static final String AT = "2026-11-29T17:59:00Z";
  private static final int RANGES = 120;
  private static final long ROWS = 5_040;

  private final Runnable asked;
  private final int more;

  /**
   * @param more tables that there are
   */
  PlainTables(Runnable asked, int more) {
    this.asked = asked;
    this.more = more;
  }

  /** So many tables, of which each tenth was never scanned. */
  static List<VerdictFigures.Table> more(int tables) {
    List<VerdictFigures.Table> more = new ArrayList<>();
    for (int i = 0; i < tables; i++) {
      boolean unknown = i % 10 == 0;
      more.add(
          new VerdictFigures.Table(
              name(i),
              unknown ? "UNKNOWN" : "EQUAL",
              unknown ? "NEVER_SCANNED" : null,
              unknown ? "No scan has looked at it since it was loaded." : null,
              "0/5D1A9F20",
              0,
              unknown ? null : AT,
              List.of()));
    }
    return more;
  }

  private static String name(int i) {
    return "more.table_of_a_usual_name_%04d".formatted(i);
  }

  @Override
  public List<LookedTable> looked(String wave) {
    asked.run();
    List<LookedTable> looked = new ArrayList<>();
    if (wave.equals("main")) {
      looked.add(
          new LookedTable(ORDERS, ROWS, ROWS, "0/5D1A9F20", "0/5D1A9F18", 0.75, OLD, 3L, 12.5));
      looked.add(
          new LookedTable(PlainView.HOSTILE, 7L, 7L, "0/5D1A9F20", "0/5D1A9F20", 1.0, AT, 0L, 0.0));
      for (int i = 0; i < more; i++) {
        looked.add(
            i % 10 == 0
                ? new LookedTable(name(i), null, null, null, null, 0.0, null, null, i / 7.0)
                : new LookedTable(
                    name(i), (long) i, (long) i, "0/5D1A9F20", "0/5D1A9F20", 1.0, AT, 0L, i / 7.0));
      }
    }
    return looked;
  }

  /** Some are old, some new, two differ, one is unsettled. */
  @Override
  public Optional<TableRanges> ranges(String wave, String table) {
    asked.run();
    if (!table.equals(ORDERS)) {
      return Optional.empty();
    }
    List<Range> ranges = new ArrayList<>();
    for (int i = 0; i < RANGES; i++) {
      String verdict = i == 17 || i == 18 ? "DIFFERENT" : i == 40 ? "UNKNOWN" : "EQUAL";
      ranges.add(
          new Range(
              i,
              ROWS / RANGES,
              verdict,
              i < RANGES / 4 ? AT : OLD,
              verdict.equals("DIFFERENT") ? 1 : 0,
              null));
    }
    return Optional.of(
        new TableRanges(3L, OLD, "2026-11-29T18:14:00Z", "0/5D1A9F20", ROWS, ranges));
  }

  @Override
  public List<TableScan> scans(String wave, String table, int limit) {
    asked.run();
    return table.equals(ORDERS)
        ? List.of(
            scan(null, "SCHEDULED", "RUNNING", null, 1_260, "UNKNOWN"),
            scan(3L, "ASKED", "COMPLETE", AT, ROWS, "DIFFERENT"),
            scan(2L, "SCHEDULED", "INCOMPLETE", AT, 9, "UNKNOWN"),
            new TableScan(1L, "UNKNOWN", "UNKNOWN", OLD, AT, ROWS, 0L, "EQUAL", null, null, null))
        : List.of();
  }

  private static TableScan scan(
      @Nullable Long id,
      String kind,
      String state,
      @Nullable String ended,
      long rows,
      String verdict) {
    return new TableScan(
        id,
        kind,
        state,
        OLD,
        ended,
        rows,
        verdict.equals("DIFFERENT") ? 2L : 0L,
        verdict,
        "0/5D1A9F20",
        "0/5D1A9F18",
        1_500.0);
  }

  @Override
  public List<ColumnDifferences> columns(String wave, String table) {
    asked.run();
    return table.equals(ORDERS)
        ? List.of(new ColumnDifferences("note", 2), new ColumnDifferences("score", 1))
        : List.of();
  }
}
