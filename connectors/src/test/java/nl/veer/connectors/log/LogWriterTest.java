package nl.veer.connectors.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.Failure;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LogWriterTest {
  private static final Headers NONE = new RecordHeaders();

  private final List<String> calls = new ArrayList<>();

  @AfterEach
  void noInterruptIsLeft() {
    Thread.interrupted();
  }

  /** Kafka's client waits for its brokers before it refuses a record: with each one anew. */
  @Test
  void aRecordThatIsRefusedFailsBeforeTheNextOneWaitsToo() {
    Future<RecordMetadata> refused =
        CompletableFuture.failedFuture(new TimeoutException("no metadata after 36000 ms"));
    LogWriter writer = new LogWriter(producer(refused), "topic");

    Failure failure = catchThrowableOfType(Failure.class, () -> writer.append(new byte[1], NONE));
    writer.close();

    assertThat(failure.code()).isEqualTo("KAFKA_UNAVAILABLE");
    assertThat(failure).hasMessageContaining("no metadata after 36000 ms");
    assertThat(calls).containsExactly("beginTransaction", "send", "close");
  }

  @Test
  void aRecordThatIsOnItsWayIsNotWaitedFor() {
    LogWriter writer = new LogWriter(producer(new CompletableFuture<>()), "topic");

    writer.append(new byte[1], NONE);
    writer.append(null, NONE);
    writer.commit();

    assertThat(calls).containsExactly("beginTransaction", "send", "send", "commitTransaction");
  }

  @Test
  void anInterruptWhileItIsOpenedIsNoFaultOfVeers() {
    Thread.currentThread().interrupt();

    KafkaEndpoint nobody = new KafkaEndpoint("127.0.0.1:1", Map.of());
    Failure failure =
        catchThrowableOfType(
            Failure.class,
            () -> LogWriter.open(nobody, new WaveId("it", "w"), new TopicConfig(1, 1)));

    assertThat(failure.code()).isEqualTo("KAFKA_INTERRUPTED");
    assertThat(Thread.currentThread().isInterrupted()).isTrue();
  }

  @SuppressWarnings("unchecked")
  private Producer<byte[], byte[]> producer(Future<RecordMetadata> sent) {
    return (Producer<byte[], byte[]>)
        Proxy.newProxyInstance(
            Producer.class.getClassLoader(),
            new Class<?>[] {Producer.class},
            (proxy, method, arguments) -> called(method.getName(), sent));
  }

  private @Nullable Object called(String method, Future<RecordMetadata> sent) {
    calls.add(method);
    return method.equals("send") ? sent : null;
  }
}
