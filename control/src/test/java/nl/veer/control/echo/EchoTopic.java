package nl.veer.control.echo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import nl.veer.connectors.event.LogEvent;
import nl.veer.connectors.event.RowChanged;
import nl.veer.connectors.event.RowImage;
import nl.veer.connectors.event.RowInserted;
import nl.veer.connectors.event.RowUpdated;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.TableTruncated;
import nl.veer.connectors.log.LogReader;
import nl.veer.connectors.log.LoggedEvent;
import nl.veer.control.crossing.CrossingWorld;
import nl.veer.control.wave.OpenLog;
import org.jspecify.annotations.Nullable;

/** What a world's echo holds, in its order. */
record EchoTopic(List<LogEvent> events) {
  private static final TableId STAMP = new TableId("veer", "stamp");

  /** Reads it as it stands. */
  static EchoTopic of(CrossingWorld world, OpenLog log) {
    List<LogEvent> events = new ArrayList<>();
    try (LogReader reader = log.reader(world.wave.echo())) {
      long end = reader.endOffset();
      reader.seek(reader.beginOffset());
      long deadline = System.nanoTime() + CrossingWorld.PATIENCE.toNanos();
      for (long next = 0; next < end - 1; ) {
        assertThat(System.nanoTime()).as("the echo is read in time").isLessThan(deadline);
        List<LoggedEvent> some = reader.poll(Duration.ofMillis(200));
        for (LoggedEvent event : some) {
          events.add(event.event());
          next = event.offset() + 1;
        }
        if (some.isEmpty()) {
          // Behind the last event stand Kafka's own marks.
          break;
        }
      }
    }
    return new EchoTopic(List.copyOf(events));
  }

  /** The transaction numbers that the wave's stamp has had, in order, each once. */
  List<Long> stamps(CrossingWorld world) {
    List<Long> stamps = new ArrayList<>();
    for (LogEvent event : events) {
      RowImage row = image(event);
      if (row != null && isStamp(event) && text(row, "wave").equals(world.wave.wave())) {
        long number = Long.parseLong(text(row, "transaction_number"));
        if (stamps.isEmpty() || stamps.get(stamps.size() - 1) != number) {
          stamps.add(number);
        }
      }
    }
    return stamps;
  }

  /** Where the first event of any of the wave's own tables stands; the end if there is none. */
  int firstOfTheTables() {
    for (int i = 0; i < events.size(); i++) {
      boolean row =
          events.get(i) instanceof RowChanged changed && !changed.table().schema().equals("veer");
      if (row || events.get(i) instanceof TableTruncated) {
        return i;
      }
    }
    return events.size();
  }

  /** Where the first stamp stands; the end if there is none. */
  int firstStamp() {
    for (int i = 0; i < events.size(); i++) {
      if (isStamp(events.get(i))) {
        return i;
      }
    }
    return events.size();
  }

  /** How often a table's rows were changed. */
  long changesOf(String table) {
    return events.stream()
        .filter(event -> event instanceof RowChanged row && row.table().name().equals(table))
        .count();
  }

  private static boolean isStamp(LogEvent event) {
    return event instanceof RowChanged row && row.table().equals(STAMP);
  }

  private static @Nullable RowImage image(LogEvent event) {
    if (event instanceof RowInserted inserted) {
      return inserted.after();
    }
    return event instanceof RowUpdated updated ? updated.after() : null;
  }

  private static String text(RowImage row, String column) {
    return String.valueOf(row.value(row.type().indexOf(column)));
  }
}
