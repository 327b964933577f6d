package nl.veer.connectors.event.codec;

import nl.veer.connectors.event.ColumnEncoding;
import org.apache.kafka.connect.data.SchemaBuilder;

/**
 * The Connect schema of each column encoding: Debezium's own semantic names where it has them, so
 * that any consumer of Debezium's records understands the log. Always optional.
 */
public final class ColumnSemantics {
  static final String EPOCH_DAYS = "io.debezium.time.Date";
  static final String MICROS_OF_DAY = "io.debezium.time.MicroTime";
  static final String EPOCH_MICROS = "io.debezium.time.MicroTimestamp";
  static final String ZONED_TIMESTAMP = "io.debezium.time.ZonedTimestamp";
  static final String DATABASE_TEXT = "nl.veer.DatabaseText";

  /** Parameter of a column's schema: how the source declares the column. */
  public static final String SOURCE_TYPE = "veer.type";

  private ColumnSemantics() {}

  public static SchemaBuilder schema(ColumnEncoding encoding) {
    SchemaBuilder schema =
        switch (encoding) {
          case BOOLEAN -> SchemaBuilder.bool();
          case INT32 -> SchemaBuilder.int32();
          case INT64 -> SchemaBuilder.int64();
          case FLOAT32 -> SchemaBuilder.float32();
          case FLOAT64 -> SchemaBuilder.float64();
          case TEXT -> SchemaBuilder.string();
          case BYTES -> SchemaBuilder.bytes();
          case EPOCH_DAYS -> SchemaBuilder.int32().name(EPOCH_DAYS);
          case MICROS_OF_DAY -> SchemaBuilder.int64().name(MICROS_OF_DAY);
          case EPOCH_MICROS -> SchemaBuilder.int64().name(EPOCH_MICROS);
          case ZONED_TIMESTAMP -> SchemaBuilder.string().name(ZONED_TIMESTAMP);
          case DATABASE_TEXT -> SchemaBuilder.string().name(DATABASE_TEXT);
        };
    return schema.optional();
  }
}
