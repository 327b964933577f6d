package nl.veer.connectors.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import nl.veer.connectors.event.LsnPosition;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.event.codec.EventEncoder;
import nl.veer.connectors.event.codec.LogHeaders;
import nl.veer.connectors.event.codec.RecordKind;
import nl.veer.connectors.event.codec.RowBlock;
import nl.veer.connectors.event.codec.RowLayout;
import nl.veer.connectors.event.codec.SchemaIds;
import nl.veer.connectors.failure.Failure;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TransactionStreamTest {
  private static final Schema COUNT =
      SchemaBuilder.struct()
          .name("Count")
          .field("data_collection", Schema.STRING_SCHEMA)
          .field("event_count", Schema.INT64_SCHEMA)
          .build();
  private static final Schema STATUS =
      SchemaBuilder.struct()
          .name("Metadata")
          .field("status", Schema.STRING_SCHEMA)
          .field("id", Schema.STRING_SCHEMA)
          .field("event_count", Schema.OPTIONAL_INT64_SCHEMA)
          .field("data_collections", SchemaBuilder.array(COUNT).optional().build())
          .field("ts_ms", Schema.INT64_SCHEMA)
          .build();
  private static final Schema ROW =
      SchemaBuilder.struct()
          .name("t.Value")
          .optional()
          .field("v", Schema.OPTIONAL_STRING_SCHEMA)
          .build();
  private static final Schema SOURCE =
      SchemaBuilder.struct()
          .name("Source")
          .field("schema", Schema.STRING_SCHEMA)
          .field("table", Schema.STRING_SCHEMA)
          .build();
  private static final Schema PLACE =
      SchemaBuilder.struct()
          .name("Place")
          .optional()
          .field("total_order", Schema.INT64_SCHEMA)
          .field("data_collection_order", Schema.INT64_SCHEMA)
          .build();
  private static final Schema ENVELOPE =
      SchemaBuilder.struct()
          .name("t.Envelope")
          .field("before", ROW)
          .field("after", ROW)
          .field("source", SOURCE)
          .field("transaction", PLACE)
          .field("op", Schema.STRING_SCHEMA)
          .build();
  private static final RowLayout LAYOUT =
      RowLayout.of(new TableId("public", "t"), ENVELOPE, ENVELOPE);

  private final List<String> log = new ArrayList<>();
  private final Placeholder placeholder = new Placeholder("veer-absent-x");
  private final RecordBound bound = new RecordBound(1_000);

  @Test
  void numbersTransactionsAndChangesFromTheTailOn() {
    TransactionStream stream = stream(41, 100);
    begin(stream);
    change(stream, "c", "a");
    change(stream, "u", "b");
    assertThat(end(stream, 2, 200)).isTrue();
    begin(stream);
    change(stream, "d", "c");
    assertThat(end(stream, 1, 300)).isTrue();
    assertThat(log)
        .containsExactly(
            "BEGIN 42.0",
            "INSERT 42.1",
            "UPDATE 42.2",
            "END 42.3 0/C8",
            "BEGIN 43.0",
            "DELETE 43.1",
            "END 43.2 0/12C");
    assertThat(stream.lastTransaction()).isEqualTo(43);
    assertThat(stream.lastCommittedAt()).isEqualTo(Instant.ofEpochMilli(1));
    assertThat(stream.transactions()).isEqualTo(2);
    assertThat(stream.changes()).isEqualTo(3);
  }

  @Test
  void leavesOutTransactionsWithoutChanges() {
    TransactionStream stream = stream(0, 0);
    begin(stream);
    assertThat(end(stream, 0, 100)).isFalse();
    assertThat(log).isEmpty();
    assertThat(stream.lastTransaction()).isZero();
    assertThat(stream.lastCommittedAt()).isNull();
  }

  @Test
  void doesNotCompleteATransactionThatTheLogHolds() {
    TransactionStream stream = stream(7, 200);
    begin(stream);
    change(stream, "c", "a");
    assertThat(end(stream, 1, 200)).isFalse();
    begin(stream);
    change(stream, "c", "b");
    assertThat(end(stream, 1, 300)).isTrue();
    assertThat(log)
        .containsExactly("BEGIN 8.0", "INSERT 8.1", "BEGIN 8.0", "INSERT 8.1", "END 8.2 0/12C");
  }

  @Test
  void countsABlockOnceAgainstTheSourceAndItsRowsInTheLog() {
    TransactionStream stream = stream(0, 0);
    begin(stream);
    stream.accept(carrier(), block("a", "b", "c"));
    truncate(stream);
    stream.accept(carrier(), block("d", "e"));
    assertThat(end(stream, 3, 100)).isTrue();
    assertThat(log)
        .containsExactly(
            "BEGIN 1.0",
            "INSERT 1.1",
            "INSERT 1.2",
            "INSERT 1.3",
            "TRUNCATE 1.4",
            "INSERT 1.5",
            "INSERT 1.6",
            "END 1.7 0/64");
    assertThat(stream.changes()).isEqualTo(6);
  }

  @Test
  void refusesARowThatComesOutsideABlock() {
    TransactionStream stream = stream(0, 0);
    begin(stream);
    assertThatThrownBy(() -> stream.accept(record(envelope("c"), Map.of(), new ConnectHeaders())))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("a row outside a block");
  }

  @Test
  void refusesATableThatIsNotTheWaves() {
    TransactionStream stream = stream(0, 0);
    begin(stream);
    RowLayout other = RowLayout.of(new TableId("public", "other"), ENVELOPE, ENVELOPE);
    RowBlock rows = new RowBlock();
    rows.noImage();
    rows.image(other, column -> "a");
    rows.end(other, RecordKind.INSERT, 7, false);
    assertThatThrownBy(() -> stream.accept(carrier(), rows))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("public.other");
  }

  @Test
  void stopsWhenTheSourceCountsOtherwise() {
    TransactionStream stream = stream(0, 0);
    begin(stream);
    change(stream, "c", "a");
    assertThatThrownBy(() -> end(stream, 2, 100))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("counts 2 changes after 1");
  }

  @Test
  void refusesARowThatIsLargerThanTheLogTakesAndNamesItsTable() {
    TransactionStream stream = stream(0, 0);
    begin(stream);
    change(stream, "c", "a".repeat(900));
    assertThatThrownBy(() -> change(stream, "c", "b".repeat(1_000)))
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.code()).isEqualTo("RECORD_TOO_LARGE"))
        .hasMessageContaining("public.t")
        .hasMessageContaining("the log takes 1000 (setting kafka.max-record)")
        .hasMessageNotContaining("bbb");
    assertThat(log).containsExactly("BEGIN 1.0", "INSERT 1.1");
  }

  @Test
  void stopsOnWhatStandsOutsideOfATransaction() {
    TransactionStream stream = stream(0, 0);
    assertThatThrownBy(() -> change(stream, "c", "a")).isInstanceOf(Failure.class);
    assertThatThrownBy(() -> end(stream, 0, 1)).isInstanceOf(Failure.class);
    begin(stream);
    assertThatThrownBy(() -> begin(stream)).isInstanceOf(Failure.class);
  }

  private TransactionStream stream(long number, long position) {
    SchemaIds ids =
        new SchemaIds() {
          @Override
          public int idOf(org.apache.avro.Schema schema) {
            return 1;
          }

          @Override
          public org.apache.avro.Schema byId(int id) {
            throw new IllegalStateException();
          }
        };
    return new TransactionStream(
        number,
        new LsnPosition(position),
        Set.of(new TableId("public", "t")),
        new EventEncoder(new WaveId("m", "w"), ids),
        placeholder,
        bound,
        (value, headers) -> {
          Object at = LogHeaders.position(headers);
          log.add(
              LogHeaders.kind(headers)
                  + " "
                  + LogHeaders.place(headers).transaction()
                  + "."
                  + LogHeaders.place(headers).order()
                  + (at == null ? "" : " " + at));
        });
  }

  private static void begin(TransactionStream stream) {
    stream.accept(record(status("BEGIN", null), Map.of(), new ConnectHeaders()));
  }

  private static boolean end(TransactionStream stream, long count, long position) {
    return stream.accept(
        record(status("END", count), Map.of("lsn_commit", position), new ConnectHeaders()));
  }

  private static Struct status(String status, @Nullable Long count) {
    return new Struct(STATUS)
        .put("status", status)
        .put("id", "5:77")
        .put("event_count", count)
        .put("ts_ms", 1L);
  }

  private static void truncate(TransactionStream stream) {
    stream.accept(record(envelope("t"), Map.of(), new ConnectHeaders()));
  }

  private static void change(TransactionStream stream, String operation, String value) {
    RowBlock rows = new RowBlock();
    add(rows, operation, value);
    stream.accept(carrier(), rows);
  }

  private static RowBlock block(String... values) {
    RowBlock rows = new RowBlock();
    for (String value : values) {
      add(rows, "c", value);
    }
    return rows;
  }

  private static void add(RowBlock rows, String operation, String value) {
    boolean delete = operation.equals("d");
    if (delete) {
      rows.image(LAYOUT, column -> value);
      rows.noImage();
    } else {
      rows.noImage();
      rows.image(LAYOUT, column -> value);
    }
    RecordKind kind = delete ? RecordKind.DELETE : RecordKind.INSERT;
    rows.end(LAYOUT, operation.equals("u") ? RecordKind.UPDATE : kind, 7, false);
  }

  private static SourceRecord carrier() {
    return record(envelope("c"), Map.of(), new ConnectHeaders());
  }

  private static Struct envelope(String operation) {
    return new Struct(ENVELOPE)
        .put("source", new Struct(SOURCE).put("schema", "public").put("table", "t"))
        .put(
            "transaction",
            new Struct(PLACE).put("total_order", 1L).put("data_collection_order", 1L))
        .put("op", operation);
  }

  private static SourceRecord record(
      Struct value, Map<String, Object> offset, ConnectHeaders headers) {
    return new SourceRecord(
        Map.of(), offset, "topic", null, null, null, value.schema(), value, null, headers);
  }
}
