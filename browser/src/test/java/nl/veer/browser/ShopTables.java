package nl.veer.browser;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import nl.veer.control.dashboard.view.ColumnDifferences;
import nl.veer.control.dashboard.view.LookedTable;
import nl.veer.control.dashboard.view.TableRanges;
import nl.veer.control.dashboard.view.TableScan;
import nl.veer.control.dashboard.view.TableView;
import org.jspecify.annotations.Nullable;

/**
 * What scans have counted of a shop's tables. The stock changes so often that some of it is never
 * settled; no scan has looked at the last table yet. Safe for use by several threads.
 */
final class ShopTables implements TableView {
  private static final int RANGES = 240;
  private static final long HOUR = 3_600;
  private static final String EQUAL = "EQUAL";
  private static final String DIFFERENT = "DIFFERENT";
  private static final String UNKNOWN = "UNKNOWN";

  private final Shop shop;

  ShopTables(Shop shop) {
    this.shop = shop;
  }

  private static String ago(long seconds) {
    return Instant.now().minusSeconds(seconds).toString();
  }

  @Override
  public List<LookedTable> looked(String wave) {
    return IntStream.range(0, shop.tables).mapToObj(this::looked).toList();
  }

  private LookedTable looked(int number) {
    String table = shop.table(number);
    if (shop.isNeverScanned(number)) {
      return LookedTable.unknown(table);
    }
    long rows = shop.rows(number);
    boolean busy = number < Shop.KNOWN.size();
    boolean stock = table.equals("public.stock");
    return new LookedTable(
        table,
        rows,
        rows,
        shop.position(),
        shop.position(),
        number % 11 == 3 ? 0.72 : 1.0,
        ago(600 + number * 977L % (7 * HOUR)),
        stock ? 14L : 0L,
        busy ? 12.5 + number * 31 + Instant.now().getEpochSecond() % 9 : 0.0);
  }

  @Override
  public Optional<TableRanges> ranges(String wave, String table) {
    int number = shop.number(table);
    if (number < 0) {
      return Optional.empty();
    }
    long rows = shop.rows(number);
    if (shop.isNeverScanned(number)) {
      return Optional.of(
          new TableRanges(
              null,
              null,
              ago(-HOUR),
              null,
              rows,
              List.of(new TableRanges.Range(0, rows, UNKNOWN, null, 0, null))));
    }
    List<TableRanges.Range> ranges = new ArrayList<>();
    for (int i = 0; i < RANGES; i++) {
      ranges.add(range(table, i, rows / RANGES));
    }
    return Optional.of(
        new TableRanges(1L, ago(3 * 24 * HOUR), ago(-HOUR), shop.position(), rows, ranges));
  }

  private TableRanges.Range range(String table, int index, long rows) {
    boolean orders = table.equals(Shop.ORDERS);
    boolean different = orders && shop.differing > 0 && (index == 61 || index == 62);
    boolean unknown = table.equals("public.stock") && index % 60 == 7;
    long age = index < 90 ? 700 : index < 170 ? 5 * HOUR : 3 * 24 * HOUR;
    return new TableRanges.Range(
        index,
        rows,
        different ? DIFFERENT : unknown ? UNKNOWN : EQUAL,
        ago(age),
        different ? shop.differing / 2 : 0,
        null);
  }

  @Override
  public List<TableScan> scans(String wave, String table, int limit) {
    int number = shop.number(table);
    if (number < 0 || shop.isNeverScanned(number)) {
      return List.of();
    }
    long rows = shop.rows(number);
    boolean different = table.equals(Shop.ORDERS) && shop.differing > 0;
    return List.of(
        scan(null, "SCHEDULED", "RUNNING", 40, null, rows / 3, 0, UNKNOWN),
        different
            ? scan(4L, "ASKED", "COMPLETE", 20, 12L, rows, shop.differing, DIFFERENT)
            : scan(4L, "ASKED", "COMPLETE", 730, 720L, rows, 0, EQUAL),
        scan(3L, "SCHEDULED", "COMPLETE", HOUR + 9, HOUR, rows, 0, EQUAL),
        scan(2L, "SCHEDULED", "INCOMPLETE", 24 * HOUR, 23 * HOUR, rows / 2, 0, UNKNOWN));
  }

  private TableScan scan(
      @Nullable Long id,
      String kind,
      String state,
      long began,
      @Nullable Long ended,
      long rows,
      long differing,
      String verdict) {
    return new TableScan(
        id,
        kind,
        state,
        ago(began),
        ended == null ? null : ago(ended),
        rows,
        differing,
        verdict,
        shop.position(),
        shop.position(),
        84_300.0);
  }

  @Override
  public List<ColumnDifferences> columns(String wave, String table) {
    return table.equals(Shop.ORDERS) && shop.differing > 0
        ? List.of(new ColumnDifferences("note", shop.differing))
        : List.of();
  }
}
