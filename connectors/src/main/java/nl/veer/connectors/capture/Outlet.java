package nl.veer.connectors.capture;

import io.debezium.engine.DebeziumEngine;
import io.debezium.engine.RecordChangeEvent;
import nl.veer.connectors.failure.Failure;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/** Where an engine's batches go. */
interface Outlet extends DebeziumEngine.ChangeConsumer<RecordChangeEvent<SourceRecord>> {

  /** Waits for the batch that is under way; none is taken after it. Safe from any thread. */
  void end();

  /** Why it takes no more; null while it does. Never waits; safe from any thread. */
  @Nullable Failure failure();
}
