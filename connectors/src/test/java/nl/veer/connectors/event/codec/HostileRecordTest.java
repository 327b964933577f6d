package nl.veer.connectors.event.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import nl.veer.connectors.event.ColumnEncoding;
import nl.veer.connectors.event.EventPlace;
import nl.veer.connectors.event.LogEvent;
import nl.veer.connectors.event.LsnPosition;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Records that were damaged or forged: each is a failure with its place, never anything else. */
class HostileRecordTest {
  private static final long OFFSET = 4711;
  private static final String LOG = "veer.m.w";
  private static final int DAMAGES = 40_000;

  private final long seed = Long.getLong("seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final Map<Integer, org.apache.avro.Schema> registry = new HashMap<>();
  private final SchemaIds ids = new KnownSchemas();
  private final EventEncoder encoder = new EventEncoder(new WaveId("m", "w"), ids);
  private final EventDecoder decoder = new EventDecoder(ids, LOG);

  private final class KnownSchemas implements SchemaIds {
    @Override
    public int idOf(org.apache.avro.Schema schema) {
      registry.put(registry.size() + 1, schema);
      return registry.size();
    }

    @Override
    public org.apache.avro.Schema byId(int id) {
      org.apache.avro.Schema schema = registry.get(id);
      if (schema == null) {
        throw new Failure(FailureKind.SOURCE_DATA, "SCHEMA_LOST", "There is none.");
      }
      return schema;
    }
  }

  @SuppressWarnings("ArrayRecordComponent")
  private record Sample(RecordKind kind, byte[] value, Headers headers) {}

  private List<Sample> samples() {
    RandomRows rows = new RandomRows(Arrays.asList(ColumnEncoding.values()));
    List<Sample> samples = new ArrayList<>();
    TableId table = new TableId("public", "t");
    for (int i = 0; i < 20; i++) {
      Struct row = rows.row(random);
      samples.add(
          sample(RecordKind.INSERT, encoder.envelope(rows.envelope("c", null, row), table)));
      samples.add(sample(RecordKind.UPDATE, encoder.envelope(rows.envelope("u", row, row), table)));
    }
    Schema transaction =
        SchemaBuilder.struct()
            .name("io.debezium.connector.common.TransactionMetadataValue")
            .field("status", Schema.STRING_SCHEMA)
            .field("id", Schema.STRING_SCHEMA)
            .field("event_count", Schema.OPTIONAL_INT64_SCHEMA)
            .field("ts_ms", Schema.INT64_SCHEMA)
            .build();
    Struct end =
        new Struct(transaction)
            .put("status", "END")
            .put("id", "771:12345")
            .put("event_count", 3L)
            .put("ts_ms", 1_700_000_000_000L);
    samples.add(sample(RecordKind.BEGIN, encoder.record(end)));
    Sample last = sample(RecordKind.END, encoder.record(end));
    LogHeaders.withPosition(last.headers(), new LsnPosition(77));
    samples.add(last);
    return samples;
  }

  private Sample sample(RecordKind kind, byte[] value) {
    Headers headers = LogHeaders.event(kind, new EventPlace(1, 1));
    LogHeaders.withSchema(headers, encoder.fingerprint());
    return new Sample(kind, value, headers);
  }

  @Test
  void isNeverDeceivedByDamagedBytesIntoAnythingButAFailureOrAnotherValue() {
    System.out.println("HostileRecordTest: -Dseed=" + seed);
    List<Sample> samples = samples();
    ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long most = 0;
    int refused = 0;
    for (Sample sample : samples) {
      assertThat(decoded(sample, sample.value(), sample.headers())).isInstanceOf(LogEvent.class);
    }
    for (int i = 0; i < DAMAGES; i++) {
      Sample sample = samples.get(random.nextInt(samples.size()));
      byte[] damaged = damaged(sample.value());
      long before = memory.getCurrentThreadAllocatedBytes();
      Object outcome = decoded(sample, damaged, sample.headers());
      most = Math.max(most, memory.getCurrentThreadAllocatedBytes() - before);
      refused += outcome instanceof Failure ? 1 : 0;
    }
    System.out.printf(
        "HostileRecordTest: %d of %d damages refused, at most %d bytes for one%n",
        refused, DAMAGES, most);
    assertThat(refused).isGreaterThan(DAMAGES / 10);
    assertThat(most).as("bytes of memory for a record, whatever it claims").isLessThan(4 << 20);
  }

  private byte[] damaged(byte[] value) {
    byte[] copy = value.clone();
    int at = random.nextInt(copy.length);
    return switch (random.nextInt(6)) {
      case 0 -> Arrays.copyOf(copy, at);
      case 1 -> Arrays.copyOf(copy, copy.length + 1 + random.nextInt(9));
      case 2 -> overwritten(copy, at, varint(Integer.MAX_VALUE - random.nextInt(9)));
      case 3 -> overwritten(copy, at, varint(-1L - random.nextInt(1_000_000)));
      case 4 -> overwritten(copy, at, varint(Long.MIN_VALUE + random.nextInt(2)));
      default -> {
        copy[at] ^= (byte) (1 << random.nextInt(8));
        yield copy;
      }
    };
  }

  private static byte[] overwritten(byte[] bytes, int at, byte[] by) {
    System.arraycopy(by, 0, bytes, at, Math.min(by.length, bytes.length - at));
    return bytes;
  }

  private static byte[] varint(long value) {
    AvroOutput out = new AvroOutput();
    out.writeLong(value);
    return out.toBytes();
  }

  /** The event, or the failure if it is one that says where and what. Anything else fails. */
  private Object decoded(Sample sample, byte @Nullable [] value, Headers headers) {
    try {
      LogEvent event = decoder.decode(OFFSET, value, headers);
      assertThat(event.place()).isEqualTo(LogHeaders.place(sample.headers()));
      return event;
    } catch (Failure failure) {
      requirePlaced(failure);
      return failure;
    }
  }

  private static void requirePlaced(Failure failure) {
    assertThat(failure.kind()).isEqualTo(FailureKind.SOURCE_DATA);
    assertThat(failure.code()).isIn("RECORD_CORRUPT", "SCHEMA_REPLACED", "SCHEMA_LOST");
    assertThat(failure).hasMessageContaining("Record " + OFFSET + " of log " + LOG);
  }

  @Test
  void refusesEveryHeaderThatIsMissingDoubledOrEmpty() {
    for (Sample sample : samples()) {
      for (Header header : sample.headers()) {
        String key = header.key();
        byte[] good = header.value();
        List<byte @Nullable []> bad = new ArrayList<>();
        bad.add(null);
        bad.add(new byte[0]);
        if (!key.equals("veer.position")) { // A shorter one is another position.
          bad.add(Arrays.copyOf(good, good.length - 1));
          bad.add(Arrays.copyOf(good, good.length + 1));
        }
        for (byte[] value : bad) {
          Headers changed = without(sample.headers(), key);
          changed.add(key, value);
          assertThat(decoded(sample, sample.value(), changed)).isInstanceOf(Failure.class);
        }
        Headers doubled = without(sample.headers(), "none");
        doubled.add(key, good);
        assertThat(decoded(sample, sample.value(), doubled)).isInstanceOf(Failure.class);
        assertThat(decoded(sample, sample.value(), without(sample.headers(), key)))
            .isInstanceOf(Failure.class);
      }
    }
  }

  private static Headers without(Headers headers, String key) {
    Headers copy = new RecordHeaders();
    for (Header header : headers) {
      if (!header.key().equals(key)) {
        copy.add(header);
      }
    }
    return copy;
  }

  @Test
  void refusesEveryKindThatIsNotTheRecords() {
    for (Sample sample : samples()) {
      for (int code = 0; code < 256; code++) {
        Headers changed = without(sample.headers(), "veer.kind");
        changed.add("veer.kind", new byte[] {(byte) code});
        boolean alike =
            code == sample.kind().code()
                || code == RecordKind.BEGIN.code() && sample.kind() == RecordKind.END;
        if (!alike) {
          assertThat(decoded(sample, sample.value(), changed)).isInstanceOf(Failure.class);
        }
      }
    }
  }

  @Test
  void refusesEverySchemaButTheOneThatTheRecordWasWrittenWith() {
    Sample sample = samples().get(0);
    org.apache.avro.Schema written = org.apache.avro.Schema.parse(String.valueOf(registry.get(1)));
    for (org.apache.avro.Schema other : others(written)) {
      registry.put(1, other);
      Throwable thrown =
          catchThrowable(
              () -> new EventDecoder(ids, LOG).decode(OFFSET, sample.value(), sample.headers()));
      assertThat(thrown).as(other.getFullName()).isInstanceOf(Failure.class);
      requirePlaced((Failure) thrown);
    }
  }

  /** Also by a reader whom the forger tells that all is well: the fingerprint is the schema's. */
  @Test
  void endsAtAnyForgedSchemaWhateverItsFingerprintSays() {
    Sample sample = samples().get(0);
    org.apache.avro.Schema written = org.apache.avro.Schema.parse(String.valueOf(registry.get(1)));
    for (org.apache.avro.Schema other : monsters(written)) {
      registry.put(1, other);
      Headers forged = without(sample.headers(), "veer.schema");
      byte[] fingerprint = SchemaFingerprint.of(other);
      LogHeaders.withSchema(forged, fingerprint);
      assertThatThrownBy(() -> new EventDecoder(ids, LOG).decode(OFFSET, sample.value(), forged))
          .isInstanceOfSatisfying(Failure.class, HostileRecordTest::requirePlaced);
    }
  }

  private static List<org.apache.avro.Schema> others(org.apache.avro.Schema written) {
    String json = written.toString();
    List<org.apache.avro.Schema> others = new ArrayList<>(monsters(written));
    others.add(org.apache.avro.Schema.parse(json.replace("\"c_x00201\"", "\"c_x00201z\"")));
    others.add(org.apache.avro.Schema.parse(json.replace("\"c 1\"", "\"c one\"")));
    others.add(org.apache.avro.Schema.parse(json.replace("\"t\"", "\"t2\"")));
    others.add(org.apache.avro.Schema.parse(json.replace("MicroTimestamp", "Timestamp")));
    List<org.apache.avro.Schema.Field> turned = new ArrayList<>();
    for (org.apache.avro.Schema.Field field : written.getFields()) {
      turned.add(0, new org.apache.avro.Schema.Field(field, field.schema()));
    }
    others.add(
        org.apache.avro.Schema.createRecord(
            written.getName(), null, written.getNamespace(), false, turned));
    others.removeIf(written::equals);
    return others;
  }

  /** Schemas that no reader should try to understand. */
  private static List<org.apache.avro.Schema> monsters(org.apache.avro.Schema written) {
    org.apache.avro.Schema recursive =
        org.apache.avro.Schema.parse(
            "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"r\",\"type\":\"R\"}]}");
    org.apache.avro.Schema nullable =
        org.apache.avro.Schema.parse(
            "{\"type\":\"record\",\"name\":\"R\",\"fields\":"
                + "[{\"name\":\"r\",\"type\":[\"null\",\"R\"]}]}");
    org.apache.avro.Schema array = org.apache.avro.Schema.create(org.apache.avro.Schema.Type.NULL);
    for (int i = 0; i < 2_000; i++) {
      array = org.apache.avro.Schema.createArray(array);
    }
    org.apache.avro.Schema doubling =
        org.apache.avro.Schema.create(org.apache.avro.Schema.Type.LONG);
    for (int i = 0; i < 14; i++) {
      List<org.apache.avro.Schema.Field> fields = new ArrayList<>();
      for (int f = 0; f < 40; f++) {
        fields.add(new org.apache.avro.Schema.Field("f" + f, doubling));
      }
      doubling = org.apache.avro.Schema.createRecord("D" + i, null, "d", false, fields);
    }
    org.apache.avro.Schema map =
        org.apache.avro.Schema.createMap(
            org.apache.avro.Schema.create(org.apache.avro.Schema.Type.LONG));
    List<org.apache.avro.Schema> monsters = new ArrayList<>();
    for (org.apache.avro.Schema part : List.of(recursive, nullable, array, doubling, map)) {
      monsters.add(part);
      List<org.apache.avro.Schema.Field> fields = new ArrayList<>();
      fields.add(new org.apache.avro.Schema.Field("monster", part));
      for (org.apache.avro.Schema.Field field : written.getFields()) {
        fields.add(new org.apache.avro.Schema.Field(field, field.schema()));
      }
      org.apache.avro.Schema envelope =
          org.apache.avro.Schema.createRecord(
              written.getName(), null, written.getNamespace(), false, fields);
      envelope.addProp(ConnectToAvro.VEER_SCHEMA, "public");
      envelope.addProp(ConnectToAvro.VEER_TABLE, "t");
      monsters.add(envelope);
    }
    return monsters;
  }

  @Test
  void refusesTextThatIsNotUtf8AndKeepsTheReplacementCharacterWhereItIsTheValue() {
    AvroOutput out = new AvroOutput();
    out.writeString("\uFFFD");
    assertThat(new AvroInput(out.toBytes(), 0).readString()).isEqualTo("\uFFFD");
    assertThatThrownBy(() -> new AvroInput(new byte[] {2, (byte) 0xFF}, 0).readString())
        .isInstanceOf(AvroInput.Corrupt.class);
    assertThatThrownBy(() -> new AvroInput(new byte[] {2}, 0).readBoolean())
        .isInstanceOf(AvroInput.Corrupt.class);
  }
}
