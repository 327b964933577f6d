package nl.veer.connectors.event.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import nl.veer.connectors.event.ColumnEncoding;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.Failure;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A row of a block gives the very bytes of Debezium's envelope of it. */
class RowBlockTest {
  private static final TableId TABLE = new TableId("public", "t");
  private static final Schema SOURCE =
      SchemaBuilder.struct()
          .name("Source")
          .field("version", Schema.STRING_SCHEMA)
          .field(
              "snapshot",
              SchemaBuilder.string().optional().defaultValue("false").name("Snapshot").build())
          .field("sequence", Schema.OPTIONAL_STRING_SCHEMA)
          .field("schema", Schema.STRING_SCHEMA)
          .field("table", Schema.STRING_SCHEMA)
          .field("txId", Schema.OPTIONAL_INT64_SCHEMA)
          .field("lsn", Schema.OPTIONAL_INT64_SCHEMA)
          .field("xmin", Schema.OPTIONAL_INT64_SCHEMA)
          .build();
  private static final Schema PLACE =
      SchemaBuilder.struct()
          .name("Place")
          .optional()
          .field("id", Schema.STRING_SCHEMA)
          .field("total_order", Schema.INT64_SCHEMA)
          .field("data_collection_order", Schema.INT64_SCHEMA)
          .build();

  private final EventEncoder encoder = new EventEncoder(new WaveId("m", "w"), new OneId());

  private static final class OneId implements SchemaIds {
    @Override
    public int idOf(org.apache.avro.Schema schema) {
      return 0x01020304;
    }

    @Override
    public org.apache.avro.Schema byId(int id) {
      throw new IllegalStateException();
    }
  }

  @Test
  void encodesEachRowAsItsEnvelopeWouldBe() {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      RandomRows rows = new RandomRows(random);
      Schema envelope = envelope(rows.value);
      RowLayout layout = RowLayout.of(TABLE, envelope, carrierEnvelope());
      Struct first = rows.row(random);
      Struct second = rows.row(random);
      long lsn = random.nextLong() >>> (1 + random.nextInt(60));

      RowBlock block = new RowBlock();
      add(block, layout, RecordKind.INSERT, 9, null, first);
      add(block, layout, RecordKind.UPDATE, lsn, first, second);
      add(block, layout, RecordKind.DELETE, lsn + 1, second, null);
      encoder.block(block, struct(carrierEnvelope(), "c", 5, "pg_veer", "rows", 1, 1));

      assertThat(encoder.row(0, 11, 3))
          .isEqualTo(whole(struct(envelope, "c", 9, "public", "t", 11, 3).put("after", first)));
      assertThat(encoder.row(1, 12, 4))
          .isEqualTo(
              whole(
                  struct(envelope, "u", lsn, "public", "t", 12, 4)
                      .put("before", first)
                      .put("after", second)));
      assertThat(encoder.row(2, 1L << 40, 1L << 39))
          .isEqualTo(
              whole(
                  struct(envelope, "d", lsn + 1, "public", "t", 1L << 40, 1L << 39)
                      .put("before", second)));
    }
  }

  @Test
  void writesNullsWhereDebeziumSaysNothing() {
    RandomRows rows = new RandomRows(List.of(ColumnEncoding.TEXT));
    Schema envelope = envelope(rows.value);
    RowBlock block = new RowBlock();
    Struct row = new Struct(rows.value).put("c 0", "x");
    add(block, RowLayout.of(TABLE, envelope, carrierEnvelope()), RecordKind.INSERT, 9, null, row);
    Struct carrier = struct(carrierEnvelope(), "c", 5, "pg_veer", "rows", 1, 1);
    carrier.put("transaction", null).getStruct("source").put("sequence", null).put("lsn", null);
    encoder.block(block, carrier);

    Struct expected = struct(envelope, "c", 9, "public", "t", 1, 1).put("after", row);
    expected.put("transaction", null).getStruct("source").put("sequence", null).put("lsn", null);
    assertThat(encoder.row(0, 1, 1)).isEqualTo(whole(expected));
  }

  @Test
  void growsWithItsRows() {
    RandomRows rows = new RandomRows(List.of(ColumnEncoding.INT64));
    RowLayout layout = RowLayout.of(TABLE, envelope(rows.value), carrierEnvelope());
    RowBlock block = new RowBlock();
    for (long i = 0; i < 5_000; i++) {
      add(block, layout, RecordKind.INSERT, i, null, new Struct(rows.value).put("c 0", i));
    }
    assertThat(block.rows()).isEqualTo(5_000);
    assertThat(block.lsn(4_999)).isEqualTo(4_999);
    assertThat(block.imageBytes()).isBetween(5_000 * 4, 5_000 * 6);
    assertThat(block.heapBytes()).isGreaterThan(block.imageBytes() + 5_000 * 21);
  }

  @Test
  void refusesAnEnvelopeWithAnotherTailThanTheCarriers() {
    RandomRows rows = new RandomRows(List.of(ColumnEncoding.TEXT));
    assertThatThrownBy(() -> RowLayout.of(TABLE, rows.envelope, carrierEnvelope()))
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.code()).isEqualTo("DEBEZIUM_ENVELOPE"));
  }

  private static void add(
      RowBlock block,
      RowLayout layout,
      RecordKind kind,
      long lsn,
      @Nullable Struct before,
      @Nullable Struct after) {
    image(block, layout, before);
    image(block, layout, after);
    block.end(layout, kind, lsn, false);
  }

  private static void image(RowBlock block, RowLayout layout, @Nullable Struct row) {
    if (row == null) {
      block.noImage();
    } else {
      block.image(layout, column -> row.get("c " + column));
    }
  }

  private byte[] whole(Struct envelope) {
    return encoder.envelope(envelope, TABLE);
  }

  private static Schema carrierEnvelope() {
    return envelope(new RandomRows(List.of(ColumnEncoding.INT64)).value);
  }

  private static Schema envelope(Schema row) {
    return SchemaBuilder.struct()
        .name("veer.m.w.public.t.Envelope")
        .field("before", row)
        .field("after", row)
        .field("source", SOURCE)
        .field("transaction", PLACE)
        .field("op", Schema.STRING_SCHEMA)
        .field("ts_ms", Schema.OPTIONAL_INT64_SCHEMA)
        .build();
  }

  private static Struct struct(
      Schema envelope,
      String operation,
      long lsn,
      String schema,
      String table,
      long order,
      long tableOrder) {
    return new Struct(envelope)
        .put(
            "source",
            new Struct(SOURCE)
                .put("version", "3")
                .put("sequence", "[\"77\",\"" + lsn + "\"]")
                .put("schema", schema)
                .put("table", table)
                .put("txId", 5L)
                .put("lsn", lsn))
        .put(
            "transaction",
            new Struct(PLACE)
                .put("id", "5:" + lsn)
                .put("total_order", order)
                .put("data_collection_order", tableOrder))
        .put("op", operation)
        .put("ts_ms", 123L);
  }
}
