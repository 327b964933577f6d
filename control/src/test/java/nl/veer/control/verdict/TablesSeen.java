package nl.veer.control.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import nl.veer.control.crossing.CrossingWorld;
import nl.veer.control.dashboard.view.ColumnDifferences;
import nl.veer.control.dashboard.view.LookedTable;
import nl.veer.control.dashboard.view.TableRanges;
import nl.veer.control.dashboard.view.TableRanges.Range;
import nl.veer.control.dashboard.view.TableScan;
import nl.veer.control.dashboard.view.TableView;

/** What the dashboard is told of the table still, of the wave main. */
final class TablesSeen {
  private static final String TABLE = "public.still";

  private final TableView view;
  private final String wave;

  TablesSeen(TableView view, String wave) {
    this.view = view;
    this.wave = wave;
  }

  LookedTable looked() {
    return view.looked(wave).stream()
        .filter(one -> one.table().equals(TABLE))
        .findFirst()
        .orElseThrow();
  }

  TableRanges ranges() {
    return view.ranges(wave, TABLE).orElseThrow();
  }

  List<TableScan> scans() {
    return view.scans(wave, TABLE, 50);
  }

  /** Forty rows, of which one differs in the column v. */
  void assertDifferent() {
    assertThat(ranges().ranges())
        .singleElement()
        .satisfies(
            range -> {
              assertThat(range.verdict()).isEqualTo("DIFFERENT");
              assertThat(range.differing()).isEqualTo(1);
              assertThat(range.rows()).isEqualTo(40);
              assertThat(range.scannedAt()).isNotNull();
            });
    assertThat(view.columns(wave, TABLE)).containsExactly(new ColumnDifferences("v", 1));
    TableScan last = scans().get(0);
    assertThat(last.verdict()).isEqualTo("DIFFERENT");
    assertThat(last.kind()).isEqualTo("SCHEDULED");
    assertThat(last.state()).isEqualTo("COMPLETE");
    assertThat(last.differing()).isEqualTo(1);
    assertThat(last.sourcePosition()).contains("/");
    assertCounted(40);
  }

  /** That the last complete scan is young and has counted both sides. */
  void assertCounted(long rows) {
    LookedTable looked = looked();
    assertThat(looked.sourceRows()).isEqualTo(rows);
    assertThat(looked.targetRows()).isEqualTo(rows);
    assertThat(looked.rowsAtSource()).contains("/");
    assertThat(looked.rowsAtTarget()).contains("/");
    assertThat(looked.coverage()).isEqualTo(1);
    assertThat(looked.oldestScanAt()).isNotNull();
    assertThat(looked.unsettled()).isZero();
  }

  /** A few of the rows were looked at, and no look has come to the others. */
  void assertBegun(long seen, long rows) {
    List<Range> ranges = ranges().ranges();
    assertThat(ranges).hasSizeGreaterThan(1);
    assertThat(ranges.subList(0, ranges.size() - 1))
        .extracting(Range::verdict)
        .containsOnly("EQUAL");
    Range rest = ranges.get(ranges.size() - 1);
    assertThat(rest.verdict()).isEqualTo("UNKNOWN");
    assertThat(rest.scannedAt()).isNull();
    assertThat(rest.rows()).isEqualTo(rows - seen);
    assertThat(ranges().rows()).isEqualTo(rows);
    assertThat(looked().coverage()).isEqualTo((double) seen / rows);
    assertThat(looked().oldestScanAt()).isNull();
    assertThat(looked().sourceRows()).isNull();
  }

  /** That the only scan there is does this. */
  void awaitUnderWay(String state) {
    CrossingWorld.await(
        "a scan that is " + state,
        () ->
            scans().size() == 1
                && scans().get(0).state().equals(state)
                && scans().get(0).id() == null);
  }
}
