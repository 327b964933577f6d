package nl.veer.connectors.event.codec;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import nl.veer.connectors.event.ColumnEncoding;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** Tables and rows of every encoding. */
final class RandomRows {
  final List<ColumnEncoding> encodings;
  final Schema value;
  final Schema envelope;

  RandomRows(Random random) {
    this(
        random
            .ints(1 + random.nextInt(12), 0, ColumnEncoding.values().length)
            .mapToObj(i -> ColumnEncoding.values()[i])
            .toList());
  }

  RandomRows(List<ColumnEncoding> encodings) {
    this.encodings = encodings;
    SchemaBuilder row = SchemaBuilder.struct().name("veer.m.w.public.t.Value").optional();
    for (int i = 0; i < encodings.size(); i++) {
      row.field("c " + i, ColumnSemantics.schema(encodings.get(i)).build());
    }
    this.value = row.build();
    Schema source =
        SchemaBuilder.struct()
            .name("io.debezium.connector.postgresql.Source")
            .field("schema", Schema.STRING_SCHEMA)
            .field("lsn", Schema.OPTIONAL_INT64_SCHEMA)
            .field("flags", SchemaBuilder.array(Schema.OPTIONAL_BOOLEAN_SCHEMA).build())
            .build();
    this.envelope =
        SchemaBuilder.struct()
            .name("veer.m.w.public.t.Envelope")
            .field("before", value)
            .field("after", value)
            .field("source", source)
            .field("op", Schema.STRING_SCHEMA)
            .field("score", Schema.OPTIONAL_FLOAT64_SCHEMA)
            .build();
  }

  Struct envelope(String operation, @Nullable Struct before, Struct after) {
    Schema source = envelope.field("source").schema();
    return new Struct(envelope)
        .put("before", before)
        .put("after", after)
        .put(
            "source",
            new Struct(source)
                .put("schema", "public")
                .put("lsn", 77L)
                .put("flags", Arrays.asList(true, null, false)))
        .put("op", operation)
        .put("score", 0.5);
  }

  Struct row(Random random) {
    Struct row = new Struct(value);
    for (int i = 0; i < encodings.size(); i++) {
      row.put("c " + i, random.nextInt(5) == 0 ? null : value(encodings.get(i), random));
    }
    return row;
  }

  private static Object value(ColumnEncoding encoding, Random random) {
    return switch (encoding) {
      case BOOLEAN -> random.nextBoolean();
      case INT32, EPOCH_DAYS -> random.nextInt() >> random.nextInt(32);
      case INT64, MICROS_OF_DAY, EPOCH_MICROS -> random.nextLong() >> random.nextInt(64);
      case FLOAT32 -> Float.intBitsToFloat(random.nextInt() & 0x7F7FFFFF);
      case FLOAT64 -> random.nextGaussian();
      case BYTES -> {
        byte[] bytes = new byte[random.nextInt(200)];
        random.nextBytes(bytes);
        yield bytes;
      }
      case TEXT, ZONED_TIMESTAMP, DATABASE_TEXT ->
          random
              .ints(random.nextInt(300), 1, 0xD7FF)
              .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
              .toString();
    };
  }
}
