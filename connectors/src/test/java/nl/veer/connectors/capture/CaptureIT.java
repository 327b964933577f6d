package nl.veer.connectors.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import nl.veer.connectors.event.ChangeEvent;
import nl.veer.connectors.event.RowDeleted;
import nl.veer.connectors.event.RowImage;
import nl.veer.connectors.event.RowInserted;
import nl.veer.connectors.event.RowUpdated;
import nl.veer.connectors.event.TableTruncated;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Each kind of change through a real source, broker and registry. */
class CaptureIT {
  private static CaptureWorld world;

  @BeforeAll
  static void begin() {
    world = new CaptureWorld();
  }

  @AfterAll
  static void end() {
    world.close();
  }

  @Test
  void carriesEachKindOfChangeInCommitOrder() throws Exception {
    CaptureWorld.Source source = world.source("CREATE TABLE t (id int PRIMARY KEY, v text)");
    try (CaptureWorld.Running running = source.start("t")) {
      source.sql(
          "INSERT INTO t VALUES (1, 'a'), (2, NULL)",
          "UPDATE t SET v = 'b' WHERE id = 1",
          "UPDATE t SET id = 3 WHERE id = 2",
          "DELETE FROM t WHERE id = 1",
          "TRUNCATE t");

      List<ChangeEvent> changes = source.changes(6);

      assertThat(changes).hasSize(6);
      assertThat(row(((RowInserted) changes.get(0)).after())).containsExactly(1, "a");
      assertThat(row(((RowInserted) changes.get(1)).after())).containsExactly(2, null);
      RowUpdated update = (RowUpdated) changes.get(2);
      assertThat(update.before()).isNull();
      assertThat(row(update.after())).containsExactly(1, "b");
      RowUpdated rekeyed = (RowUpdated) changes.get(3);
      assertThat(row(rekeyed.before())).containsExactly(2, null);
      assertThat(row(rekeyed.after())).containsExactly(3, null);
      assertThat(row(((RowDeleted) changes.get(4)).before())).containsExactly(1, null);
      assertThat(changes.get(5)).isInstanceOf(TableTruncated.class);
      assertThat(running.failure).isNull();
    }
  }

  static List<Object> row(RowImage image) {
    List<Object> values = new java.util.ArrayList<>();
    for (int i = 0; i < image.type().columns().size(); i++) {
      values.add(image.value(i));
    }
    return values;
  }
}
