package nl.veer.connectors.dialect.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import nl.veer.connectors.dialect.LoadDialect.Range;
import nl.veer.connectors.event.TableId;
import org.junit.jupiter.api.Test;

class PostgresExtentTest {
  private static final TableId TABLE = new TableId("public", "t");

  @Test
  void whatIsSmallEnoughIsOneRange() {
    assertThat(extent(10, 1_000).ranges(1_000)).containsExactly(range(0, Long.MAX_VALUE, 1_000));
  }

  @Test
  void everyPageIsInOneRangeAndTheLastOneIsOpen() {
    assertThat(extent(10, 1_000).ranges(300))
        .containsExactly(
            range(0, 3, 300), range(3, 6, 300), range(6, 9, 300), range(9, Long.MAX_VALUE, 100));
  }

  @Test
  void whatIsStoredOutsideOfTheRowsCounts() {
    assertThat(extent(4, 4_000_000).ranges(1_000_000)).hasSize(4);
    assertThat(extent(2, 4_000_000).ranges(1_000_000))
        .as("a page is never parted")
        .containsExactly(range(0, 1, 2_000_000), range(1, Long.MAX_VALUE, 2_000_000));
  }

  @Test
  void whatHasNoPagesIsOneRange() {
    assertThat(extent(0, 0).ranges(1_000)).containsExactly(range(0, Long.MAX_VALUE, 0));
    assertThat(extent(0, 5_000).ranges(1_000)).containsExactly(range(0, Long.MAX_VALUE, 5_000));
  }

  @Test
  void countsBeyondWhatIsUsual() {
    List<Range> ranges = extent(1L << 32, 1L << 45).ranges(64L << 20);

    assertThat(ranges).hasSize(1 << 19);
    assertThat(ranges.get(7)).isEqualTo(range(7 << 13, 8 << 13, 64L << 20));
  }

  private static PostgresExtent extent(long pages, long bytes) {
    return new PostgresExtent(TABLE, "public.t", pages, bytes);
  }

  private static Range range(long from, long to, long bytes) {
    return new Range(TABLE, "public.t", from, to, bytes);
  }
}
