package nl.veer.connectors.capture;

import io.debezium.connector.base.QueueProvider;
import io.debezium.pipeline.DataChangeEvent;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes Debezium put its records into the {@link EventQueue} of the engine that it belongs to. */
public final class DebeziumQueue implements QueueProvider<DataChangeEvent> {
  /** Its name in Debezium's settings. */
  static final String NAME = "veer";

  private EventQueue events = new EventQueue(() -> Duration.ZERO);

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void configure(Map<String, ?> settings) {
    events = RowBlocks.of(String.valueOf(settings.get(EngineSettings.BLOCKS))).events();
  }

  @Override
  public void enqueue(DataChangeEvent event) {
    events.add(event);
  }

  @Override
  public @Nullable DataChangeEvent poll() {
    return events.poll();
  }

  @Override
  public int size() {
    return events.size();
  }
}
