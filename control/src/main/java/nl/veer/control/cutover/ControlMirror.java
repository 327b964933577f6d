package nl.veer.control.cutover;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.log.ControlTopic;
import nl.veer.control.wave.OpenLog;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a wave's control topic of each state, on a thread of its own: nobody whose writes are
 * refused waits for Kafka. What cannot be told is said in the log; the record at home is what
 * counts. {@link #tell} may be called by any thread.
 */
public final class ControlMirror implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ControlMirror.class);
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** An attempt has fewer states; beyond it Kafka is away, and the oldest is of least use. */
  private static final int CAPACITY = 32;

  private static final long CLOSE_PATIENCE_MILLIS = 5_000;
  private static final long LOOK_MILLIS = 50;

  private final WaveId wave;
  private final Supplier<OpenLog> log;
  private final BlockingQueue<Attempt> told = new ArrayBlockingQueue<>(CAPACITY);
  private final Thread thread;
  private volatile boolean closing;

  public ControlMirror(WaveId wave, Supplier<OpenLog> log) {
    this.wave = wave;
    this.log = log;
    this.thread = new Thread(this::mirror, "control topic " + wave);
    thread.setDaemon(true);
    thread.start();
  }

  public void tell(Attempt attempt) {
    while (!told.offer(attempt)) {
      told.poll();
    }
  }

  private void mirror() {
    ControlTopic topic = null;
    try {
      while (!closing || !told.isEmpty()) {
        Attempt attempt = told.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        if (attempt != null) {
          topic = put(topic, attempt);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      close(topic);
    }
  }

  private @Nullable ControlTopic put(@Nullable ControlTopic open, Attempt attempt) {
    ControlTopic topic = open;
    try {
      if (topic == null) {
        OpenLog at = log.get();
        topic = ControlTopic.open(at.kafka(), wave, at.topic());
      }
      topic.put("attempt " + attempt.id(), json(attempt));
      return topic;
    } catch (Failure failure) {
      LOG.atWarn()
          .addKeyValue("wave", wave)
          .addKeyValue("code", failure.code())
          .log("The control topic was not told of {}", attempt.state().word());
      close(topic);
      return null;
    }
  }

  private static void close(@Nullable ControlTopic topic) {
    if (topic != null) {
      topic.close();
    }
  }

  /** One line. */
  static String json(Attempt attempt) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("migration", attempt.wave().migration());
    fields.put("wave", attempt.wave().wave());
    fields.put("attempt", attempt.id());
    fields.put("leg", attempt.leg());
    fields.put("kind", attempt.kind().name());
    fields.put("state", attempt.state().word());
    fields.put("finished", attempt.isFinished());
    fields.put("epoch", attempt.epoch());
    fields.put("marker", CutoverSql.text(attempt.facts().marker()));
    fields.put("verdict", attempt.facts().verdict());
    fields.put("outageMillis", attempt.facts().outageMillis());
    fields.put("failure", attempt.failureCode());
    try {
      return MAPPER.writeValueAsString(fields);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Waits until everything is told, but not for long. */
  @Override
  public void close() {
    closing = true;
    try {
      thread.join(CLOSE_PATIENCE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
