package nl.veer.control.size;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import nl.veer.control.crossing.Crossing;
import nl.veer.control.crossing.CrossingWorld;
import nl.veer.control.crossing.TopicAudit;
import org.junit.jupiter.api.Test;

/** A table of 1,600 columns, which is PostgreSQL's own limit. */
class WideTableIT {
  private static final int COLUMNS = 1_600;
  private static final int FLAGS = 1_000;

  @Test
  void aTableOf1600ColumnsIsLoadedAndStreamed() throws Exception {
    try (CrossingWorld world = CrossingWorld.with(table())) {
      world.onSource(rows(1, 200));
      Crossing crossing = world.cross();
      assertThat(world.targetText("SELECT count(*) FROM t")).isEqualTo("200");

      world.onSource(
          rows(201, 400),
          "INSERT INTO t (id) VALUES (401)",
          "UPDATE t SET c1599 = -c1599 WHERE id % 2 = 0",
          "UPDATE t SET c1 = NULL, c1000 = NULL, c1599 = 2147483647 WHERE id % 7 = 0",
          "UPDATE t SET id = id + 1000 WHERE id = 5",
          "DELETE FROM t WHERE id % 5 = 0");

      crossing.awaitEqual();
      assertThat(world.targetText("SELECT id, c1, c1599 FROM t WHERE id IN (7, 401) ORDER BY id"))
          .isEqualTo("7|null|2147483647\n401|null|null");
      assertThat(TopicAudit.of(world).changes()).isEqualTo(539);
    }
  }

  private static String table() {
    return "CREATE TABLE t (id int PRIMARY KEY, "
        + IntStream.range(1, COLUMNS)
            .mapToObj(i -> "c" + i + (i <= FLAGS ? " bool" : " int"))
            .collect(Collectors.joining(", "))
        + ")";
  }

  private static String rows(int from, int to) {
    return "INSERT INTO t SELECT g, "
        + IntStream.range(1, COLUMNS)
            .mapToObj(i -> i <= FLAGS ? "(g + " + i + ") % 3 = 0" : "g * " + i)
            .collect(Collectors.joining(", "))
        + " FROM generate_series(%d, %d) g".formatted(from, to);
  }
}
