package nl.veer.benchmarks.micro;

import java.util.List;
import java.util.concurrent.TimeUnit;
import nl.veer.connectors.event.ColumnEncoding;
import nl.veer.connectors.event.EventPlace;
import nl.veer.connectors.event.LogEvent;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.event.codec.ColumnSemantics;
import nl.veer.connectors.event.codec.EventDecoder;
import nl.veer.connectors.event.codec.EventEncoder;
import nl.veer.connectors.event.codec.LogHeaders;
import nl.veer.connectors.event.codec.RecordKind;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One insert of a row of eight columns: into the log's bytes, and out of them. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class CodecMicro {
  private static final TableId TABLE = new TableId("public", "narrow");
  private static final List<ColumnEncoding> COLUMNS =
      List.of(
          ColumnEncoding.INT64,
          ColumnEncoding.INT32,
          ColumnEncoding.DATABASE_TEXT,
          ColumnEncoding.TEXT,
          ColumnEncoding.ZONED_TIMESTAMP,
          ColumnEncoding.BOOLEAN,
          ColumnEncoding.TEXT,
          ColumnEncoding.TEXT);
  private static final List<Object> VALUES =
      List.of(
          42L,
          7,
          "1234.56",
          "paid",
          "2026-11-30T12:00:00.123456Z",
          true,
          "c4ca4238-a0b9-2382-0dcc-509a6f75849b",
          "order 42 of the measurement with the words that people leave beside one");

  private final KnownSchemas schemas = new KnownSchemas();
  private final EventEncoder encoder = new EventEncoder(new WaveId("bench", "codec"), schemas);
  private final EventDecoder decoder = new EventDecoder(schemas, "log");
  private final Headers headers = LogHeaders.event(RecordKind.INSERT, new EventPlace(1, 1));
  private final Struct envelope = envelope();
  private byte[] bytes = {};

  private static Struct envelope() {
    SchemaBuilder row = SchemaBuilder.struct().name("veer.bench.codec.public.narrow.Value");
    for (int column = 0; column < COLUMNS.size(); column++) {
      row.field("c" + column, ColumnSemantics.schema(COLUMNS.get(column)).build());
    }
    Schema value = row.optional().build();
    Struct after = new Struct(value);
    for (int column = 0; column < VALUES.size(); column++) {
      after.put("c" + column, VALUES.get(column));
    }
    Schema source =
        SchemaBuilder.struct()
            .name("io.debezium.connector.postgresql.Source")
            .field("schema", Schema.STRING_SCHEMA)
            .field("table", Schema.STRING_SCHEMA)
            .field("lsn", Schema.OPTIONAL_INT64_SCHEMA)
            .build();
    Schema envelope =
        SchemaBuilder.struct()
            .name("veer.bench.codec.public.narrow.Envelope")
            .field("before", value)
            .field("after", value)
            .field("source", source)
            .field("op", Schema.STRING_SCHEMA)
            .build();
    return new Struct(envelope)
        .put("after", after)
        .put(
            "source",
            new Struct(source).put("schema", "public").put("table", "narrow").put("lsn", 77L))
        .put("op", "c");
  }

  @Setup
  public void encodeOnce() {
    bytes = encoder.envelope(envelope, TABLE);
    LogHeaders.withSchema(headers, encoder.fingerprint());
  }

  @Benchmark
  public byte[] encode() {
    return encoder.envelope(envelope, TABLE);
  }

  @Benchmark
  public LogEvent decode() {
    return decoder.decode(0, bytes, headers);
  }
}
