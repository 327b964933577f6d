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
import org.jspecify.annotations.Nullable;

/** Of the wave main's tables: orders was scanned often and is being scanned, new never was. */
final class PlainTables implements TableView {
  private static final String ORDERS = "public.orders";
  private static final String OLD = "2026-11-29T11:20:00Z";
  private static final String AT = "2026-11-29T17:59:00Z";
  private static final int RANGES = 120;
  private static final long ROWS = 5_040;

  private final Runnable asked;

  PlainTables(Runnable asked) {
    this.asked = asked;
  }

  @Override
  public List<LookedTable> looked(String wave) {
    asked.run();
    return wave.equals("main")
        ? List.of(
            new LookedTable(ORDERS, ROWS, ROWS, "0/5D1A9F20", "0/5D1A9F18", 0.75, OLD, 3L, 12.5),
            new LookedTable(
                PlainView.HOSTILE, 7L, 7L, "0/5D1A9F20", "0/5D1A9F20", 1.0, AT, 0L, 0.0))
        : List.of();
  }

  /** Some are old, some new, two differ, one is unsettled. */
  @Override
  public Optional<TableRanges> ranges(String wave, String table) {
    asked.run();
    if (!table.equals(ORDERS)) {
      return Optional.of(
          new TableRanges(
              null,
              null,
              null,
              null,
              1_000,
              List.of(new Range(0, 1_000L, "UNKNOWN", null, 0, null))));
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
