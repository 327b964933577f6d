package nl.veer.control.reading;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Readings that are what a test says, read as they are in a run. */
public final class FixedReadings implements AutoCloseable {
  private final AtomicReference<@Nullable MigrationReading> now = new AtomicReference<>();
  public final Readings readings =
      Readings.start(
          new ReadingSource() {
            @Override
            public MigrationReading read() {
              return Objects.requireNonNull(now.get());
            }

            @Override
            public void close() {}
          },
          List.of(),
          Duration.ofMillis(1));

  public FixedReadings(MigrationReading first) {
    show(first);
  }

  /** From here on this is the last reading. */
  public void show(MigrationReading reading) {
    now.set(reading);
    await()
        .pollInterval(Duration.ofMillis(1))
        .until(() -> readings.last().filter(last -> last == reading).isPresent());
  }

  @Override
  public void close() {
    readings.close();
  }
}
