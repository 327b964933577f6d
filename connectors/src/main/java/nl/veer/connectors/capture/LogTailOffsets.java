package nl.veer.connectors.capture;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.connect.runtime.WorkerConfig;
import org.apache.kafka.connect.storage.OffsetBackingStore;
import org.apache.kafka.connect.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Debezium's offset store, which is the log itself: it answers with the position of the log's last
 * END. Only {@code lsn}, without {@code lsn_proc}: so Debezium asks the server for what commits
 * behind it, and leaves out its own search, which reads twice and drops events by LSN alone. What
 * it is told is kept for this run, because Debezium reads here what to confirm to the source. Made
 * by the engine, hence public; called from several threads.
 */
public final class LogTailOffsets implements OffsetBackingStore {
  static final String LSN = "veer.start.lsn";

  private volatile ByteBuffer offset = ByteBuffer.allocate(0);

  @Override
  public void configure(WorkerConfig config) {
    String lsn = String.valueOf(config.originals().get(LSN));
    offset = ByteBuffer.wrap(("{\"lsn\":" + lsn + "}").getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public Future<Map<ByteBuffer, ByteBuffer>> get(Collection<ByteBuffer> keys) {
    Map<ByteBuffer, ByteBuffer> offsets = new HashMap<>();
    for (ByteBuffer key : keys) {
      offsets.put(key, offset.duplicate());
    }
    return CompletableFuture.completedFuture(offsets);
  }

  @Override
  public Future<Void> set(Map<ByteBuffer, ByteBuffer> values, @Nullable Callback<Void> callback) {
    for (ByteBuffer value : values.values()) {
      offset = value.duplicate();
    }
    if (callback != null) {
      callback.onCompletion(null, null);
    }
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public Set<Map<String, Object>> connectorPartitions(String connector) {
    return Set.of();
  }

  @Override
  public void start() {}

  @Override
  public void stop() {}
}
