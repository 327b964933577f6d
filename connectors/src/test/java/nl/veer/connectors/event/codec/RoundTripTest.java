package nl.veer.connectors.event.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import nl.veer.connectors.event.ColumnEncoding;
import nl.veer.connectors.event.EventPlace;
import nl.veer.connectors.event.RowImage;
import nl.veer.connectors.event.RowInserted;
import nl.veer.connectors.event.RowUpdated;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.Test;

class RoundTripTest {
  private static final TableId TABLE = new TableId("public", "t");
  private final MockSchemaRegistryClient registry = new MockSchemaRegistryClient();
  private final SchemaIds ids = new RegisteredSchemas(registry);
  private final EventEncoder encoder = new EventEncoder(new WaveId("m", "w"), ids);
  private final EventDecoder decoder = new EventDecoder(ids, "log");

  private record RegisteredSchemas(MockSchemaRegistryClient registry) implements SchemaIds {
    @Override
    public int idOf(org.apache.avro.Schema schema) {
      try {
        return registry.register(schema.getFullName(), new AvroSchema(schema));
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public org.apache.avro.Schema byId(int id) {
      try {
        return ((AvroSchema) registry.getSchemaById(id)).rawSchema();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Test
  void readsBackWhatItWroteForAnySchemaAndRow() {
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      RandomRows rows = new RandomRows(random);
      Struct after = rows.row(random);
      byte[] bytes = encoder.envelope(rows.envelope("c", null, after), TABLE);

      RowInserted event = (RowInserted) decoder.decode(7, bytes, headers(RecordKind.INSERT));

      assertThat(event.table()).isEqualTo(TABLE);
      requireEqual(event.after(), after, rows);
      requireConfluentReads(bytes, after);
    }
  }

  @Test
  void marksOnlyThePlaceholderOfThisRecordAsAbsent() {
    RandomRows rows =
        new RandomRows(List.of(ColumnEncoding.TEXT, ColumnEncoding.BYTES, ColumnEncoding.TEXT));
    byte[] nonce = "veer-absent-00".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    Struct after =
        new Struct(rows.value)
            .put("c 0", "veer-absent-00")
            .put("c 1", nonce)
            .put("c 2", "veer-absent-01");
    byte[] bytes = encoder.envelope(rows.envelope("u", null, after), TABLE);
    Headers headers = headers(RecordKind.UPDATE);

    RowImage plain = ((RowUpdated) decoder.decode(0, bytes, headers)).after();
    LogHeaders.withAbsent(headers, nonce);
    RowImage absent = ((RowUpdated) decoder.decode(0, bytes, headers)).after();

    assertThat(plain.value(0)).isEqualTo("veer-absent-00");
    assertThat(absent.isAbsent(0)).isTrue();
    assertThat(absent.isAbsent(1)).isTrue();
    assertThat(absent.value(2)).isEqualTo("veer-absent-01");
  }

  @Test
  void refusesEveryTruncatedRecordAndSaysWhereItStands() {
    RandomRows rows = new RandomRows(Arrays.asList(ColumnEncoding.values()));
    byte[] bytes = encoder.envelope(rows.envelope("c", null, rows.row(new Random(1))), TABLE);
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> decoder.decode(42, cut, headers(RecordKind.INSERT)))
          .isInstanceOfSatisfying(
              Failure.class,
              failure -> {
                assertThat(failure.kind()).isEqualTo(FailureKind.SOURCE_DATA);
                assertThat(failure).hasMessageContaining("Record 42 of log log");
              });
    }
    assertThatThrownBy(
            () ->
                decoder.decode(
                    1, Arrays.copyOf(bytes, bytes.length + 1), headers(RecordKind.INSERT)))
        .isInstanceOf(Failure.class);
    assertThatThrownBy(() -> decoder.decode(1, bytes, headers(RecordKind.DELETE)))
        .isInstanceOf(Failure.class);
    assertThatThrownBy(() -> decoder.decode(1, null, headers(RecordKind.INSERT)))
        .isInstanceOf(Failure.class);
  }

  @Test
  void refusesARecordWhoseSchemaIdBelongsToAnotherSchemaNow() {
    RandomRows rows = new RandomRows(List.of(ColumnEncoding.EPOCH_MICROS));
    byte[] bytes =
        encoder.envelope(rows.envelope("c", null, new Struct(rows.value).put("c 0", 1L)), TABLE);
    Headers headers = headers(RecordKind.INSERT);
    assertThat(decoder.decode(0, bytes, headers)).isInstanceOf(RowInserted.class);

    RandomRows others = new RandomRows(List.of(ColumnEncoding.INT64));
    encoder.envelope(others.envelope("c", null, new Struct(others.value).put("c 0", 1L)), TABLE);
    Headers replaced = headers(RecordKind.INSERT);

    assertThatThrownBy(() -> decoder.decode(42, bytes, replaced))
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.code()).isEqualTo("SCHEMA_REPLACED"))
        .hasMessageContaining("Record 42 of log log");
  }

  @Test
  void sharesOneRowTypePerSchema() {
    RandomRows rows = new RandomRows(List.of(ColumnEncoding.INT32));
    byte[] bytes =
        encoder.envelope(rows.envelope("c", null, new Struct(rows.value).put("c 0", 1)), TABLE);
    RowInserted one = (RowInserted) decoder.decode(0, bytes, headers(RecordKind.INSERT));
    RowInserted two = (RowInserted) decoder.decode(1, bytes, headers(RecordKind.INSERT));
    assertThat(one.after().type()).isSameAs(two.after().type());
  }

  @Test
  void givesAnIncompatibleSchemaANameOfItsOwn() {
    List<String> names = new ArrayList<>();
    SchemaIds strict =
        new SchemaIds() {
          @Override
          public int idOf(org.apache.avro.Schema schema) throws SchemaIncompatible {
            names.add(schema.getFullName());
            if (names.size() < 3) {
              throw new SchemaIncompatible("no", new IllegalStateException());
            }
            return 1;
          }

          @Override
          public org.apache.avro.Schema byId(int id) {
            throw new IllegalStateException();
          }
        };
    RandomRows rows = new RandomRows(List.of(ColumnEncoding.INT32));
    new EventEncoder(new WaveId("m", "w"), strict)
        .envelope(rows.envelope("c", null, new Struct(rows.value)), new TableId("a b", "1t"));
    assertThat(names)
        .containsExactly(
            "veer.m.w.a_x0020b._x0031t.Envelope",
            "veer.m.w.a_x0020b._x0031t.v2.Envelope",
            "veer.m.w.a_x0020b._x0031t.v3.Envelope");
  }

  @Test
  void givesDifferentNamesDifferentAvroNames() {
    List<String> names =
        List.of(
            "a b", "a_b", "a_x0020b", "a_x005Fx0020b", "_x", "", "x", "1", "_x0031", "\u20ac", "A");
    assertThat(names.stream().map(AvroNames::escape).distinct()).hasSameSizeAs(names);
    assertThat(names.stream().map(AvroNames::escape)).allMatch(n -> n.matches("[A-Za-z_]\\w*"));
  }

  private void requireConfluentReads(byte[] bytes, Struct after) {
    KafkaAvroDeserializer avro = new KafkaAvroDeserializer(registry);
    avro.configure(Map.of("schema.registry.url", "mock://unused"), false);
    GenericRecord record = (GenericRecord) avro.deserialize("topic", bytes);
    GenericRecord row = (GenericRecord) record.get("after");
    assertThat(record.get("op")).hasToString("c");
    for (org.apache.avro.Schema.Field field : row.getSchema().getFields()) {
      Object expected = after.get(field.getProp("veer.name"));
      Object actual = row.get(field.pos());
      if (expected == null) {
        assertThat(actual).isNull();
      } else if (expected instanceof byte[] array) {
        assertThat(actual).isEqualTo(java.nio.ByteBuffer.wrap(array));
      } else {
        assertThat(actual).hasToString(expected.toString());
      }
    }
  }

  private static void requireEqual(RowImage image, Struct expected, RandomRows rows) {
    for (int i = 0; i < rows.encodings.size(); i++) {
      assertThat(image.type().columns().get(i).name()).isEqualTo("c " + i);
      assertThat(image.type().columns().get(i).encoding()).isEqualTo(rows.encodings.get(i));
      assertThat(image.value(i)).isEqualTo(expected.get("c " + i));
    }
  }

  /** As of the record that was encoded last. */
  private Headers headers(RecordKind kind) {
    Headers headers = LogHeaders.event(kind, new EventPlace(1, 1));
    LogHeaders.withSchema(headers, encoder.fingerprint());
    return headers;
  }
}
