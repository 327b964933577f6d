package nl.veer.control.crossing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import nl.veer.connectors.event.WaveId;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads a log's topic with nothing of Veer's: Kafka's own client, Avro's own reader, and the format
 * as it is written down. Asserts that transactions are numbered without a gap, that orders within
 * them have none, that what follows an unfinished transaction begins it anew, and that each END
 * counts what was there.
 */
public final class TopicAudit {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final String registry;
  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<Integer, Schema> schemas = new HashMap<>();
  private long complete;
  private long open;
  private long order;
  private long changes;
  private long superseded;
  private String position = "";

  private TopicAudit(String registry) {
    this.registry = registry;
  }

  /** Reads the topic of a world as it stands. */
  public static TopicAudit of(CrossingWorld world) throws Exception {
    return of(world.servers().bootstrap(), world.servers().registry(), world.wave);
  }

  /** Reads the topic of a world's echo as it stands. */
  public static TopicAudit ofEcho(CrossingWorld world) throws Exception {
    WaveId wave = world.wave;
    return of(
        world.servers().bootstrap(),
        world.servers().registry(),
        "veer.%s.%s.echo".formatted(wave.migration(), wave.wave()));
  }

  /** Reads the wave's topic as it stands. */
  public static TopicAudit of(String bootstrap, String registry, WaveId wave) throws Exception {
    return of(bootstrap, registry, "veer.%s.%s.log".formatted(wave.migration(), wave.wave()));
  }

  private static TopicAudit of(String bootstrap, String registry, String topic) throws Exception {
    TopicAudit audit = new TopicAudit(registry);
    Map<String, Object> settings =
        Map.of("bootstrap.servers", bootstrap, "isolation.level", "read_committed");
    TopicPartition log = new TopicPartition(topic, 0);
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      assertThat(consumer.partitionsFor(log.topic())).hasSize(1);
      consumer.assign(List.of(log));
      consumer.seekToBeginning(List.of(log));
      long end = Objects.requireNonNull(consumer.endOffsets(List.of(log)).get(log));
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (consumer.position(log) < end) {
        assertThat(System.nanoTime()).as("the topic is read in time").isLessThan(deadline);
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
          audit.read(record);
        }
      }
    }
    return audit;
  }

  private void read(ConsumerRecord<byte[], byte[]> record) throws Exception {
    String kind = text(record, "veer.kind");
    if (kind.equals("O")) {
      assertThat(complete + open).as("only in front").isZero();
      return;
    }
    long transaction = number(record, "veer.tx");
    long here = number(record, "veer.order");
    String at = "offset " + record.offset() + ", kind " + kind;
    assertThat(transaction).as(at).isEqualTo(complete + 1);
    if (kind.equals("B")) {
      superseded += open == 0 ? 0 : 1;
      open = transaction;
      order = 0;
      assertThat(here).as(at).isZero();
      return;
    }
    assertThat(open).as(at).isEqualTo(transaction);
    assertThat(here).as(at).isEqualTo(++order);
    if (kind.equals("E")) {
      end(record, here - 1, at);
    } else {
      assertThat("IUDTMH").as(at).contains(kind);
      changes += "IUDT".contains(kind) ? 1 : 0;
    }
  }

  private void end(ConsumerRecord<byte[], byte[]> record, long counted, String at)
      throws Exception {
    GenericRecord end = decode(record.value());
    assertThat(end.get("event_count")).as(at).isEqualTo(counted);
    String next = text(record, "veer.position");
    assertThat(lsn(next)).as(at).isGreaterThan(position.isEmpty() ? -1 : lsn(position));
    position = next;
    complete = open;
    open = 0;
  }

  private GenericRecord decode(byte[] value) throws Exception {
    ByteBuffer bytes = ByteBuffer.wrap(value);
    assertThat(bytes.get()).isZero();
    Schema schema = schema(bytes.getInt());
    return new GenericDatumReader<GenericRecord>(schema)
        .read(null, DecoderFactory.get().binaryDecoder(value, 5, value.length - 5, null));
  }

  private Schema schema(int id) throws IOException, InterruptedException {
    Schema known = schemas.get(id);
    if (known == null) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(registry + "/schemas/ids/" + id)).build();
      String body = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
      String text =
          new com.fasterxml.jackson.databind.ObjectMapper().readTree(body).get("schema").asText();
      known = new Schema.Parser().parse(text);
      schemas.put(id, known);
    }
    return known;
  }

  private static long lsn(String text) {
    String[] halves = text.split("/", 2);
    return Long.parseLong(halves[0], 16) << 32 | Long.parseLong(halves[1], 16);
  }

  private static String text(ConsumerRecord<byte[], byte[]> record, String header) {
    return new String(value(record, header), StandardCharsets.UTF_8);
  }

  private static long number(ConsumerRecord<byte[], byte[]> record, String header) {
    return ByteBuffer.wrap(value(record, header)).getLong();
  }

  private static byte[] value(ConsumerRecord<byte[], byte[]> record, String header) {
    return Objects.requireNonNull(record.headers().lastHeader(header), header).value();
  }

  /** Transactions that are there from BEGIN to END. */
  public long transactions() {
    return complete;
  }

  /** Changes of rows and tables, those of superseded transactions too. */
  public long changes() {
    return changes;
  }

  /** Transactions that were begun anew. */
  public long superseded() {
    return superseded;
  }
}
