package nl.veer.control.dashboard.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import nl.veer.control.dashboard.view.LookedTable;
import nl.veer.control.status.LoadStatus;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TableOrderTest {
  private static final TableBody A = table("a", 10L, 5L, 0.5, "2026-11-29T18:00:00Z");
  private static final TableBody B = table("b", null, null, null, null);
  private static final TableBody C = table("c", 2L, 30L, 7.0, "2026-11-29T18:00:01Z");
  private static final TableBody D = table("d", 10L, 1L, 0.5, "2026-11-29T17:00:00Z");

  @Test
  void theWordsAreThoseThatAreAskedFor() {
    assertThat(TableOrder.words()).containsExactly("risk", "name", "rows", "changes", "age");
    assertThat(TableOrder.of("age")).isEqualTo(TableOrder.AGE);
  }

  @Test
  void whatIsNotKnownComesLastButWhereItIsTheRisk() {
    assertThat(sorted(TableOrder.NAME)).containsExactly("a", "b", "c", "d");
    assertThat(sorted(TableOrder.ROWS)).containsExactly("c", "a", "d", "b");
    assertThat(sorted(TableOrder.CHANGES)).containsExactly("c", "a", "d", "b");
    assertThat(sorted(TableOrder.AGE)).containsExactly("b", "d", "a", "c");
    assertThat(sorted(TableOrder.RISK)).startsWith("b");
  }

  private static List<String> sorted(TableOrder order) {
    return Stream.of(D, C, B, A).sorted(order.comparator()).map(TableBody::table).toList();
  }

  private static TableBody table(
      String name,
      @Nullable Long source,
      @Nullable Long target,
      @Nullable Double changes,
      @Nullable String oldest) {
    return TableBody.unjudged(
        new LoadStatus.Table(name, true, 1, 1, 1),
        new LookedTable(name, source, target, null, null, 1.0, oldest, 0L, changes));
  }
}
