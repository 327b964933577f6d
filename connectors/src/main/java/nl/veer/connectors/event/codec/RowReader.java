package nl.veer.connectors.event.codec;

import java.util.List;
import nl.veer.connectors.event.ColumnEncoding;
import nl.veer.connectors.event.RowImage;
import nl.veer.connectors.event.RowType;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Reads a row, compiled once per schema. All rows of a schema share one {@link RowType}. Immutable.
 */
final class RowReader {
  private final RowType type;
  private final ValueReader[] readers;

  /** Reads a value that is not null; one that equals the placeholder is absent. */
  @FunctionalInterface
  private interface ValueReader {
    Object read(AvroInput in, byte @Nullable [] placeholder);
  }

  private RowReader(RowType type, ValueReader[] readers) {
    this.type = type;
    this.readers = readers;
  }

  /**
   * @param schema of the row's record; every column a union of null and its type
   */
  static RowReader compile(Schema schema) {
    List<RowType.Column> columns =
        schema.getFields().stream().map(field -> column(name(field), valueSchema(field))).toList();
    ValueReader[] readers = new ValueReader[columns.size()];
    for (int i = 0; i < readers.length; i++) {
      readers[i] = reader(columns.get(i).encoding());
    }
    return new RowReader(new RowType(columns), readers);
  }

  RowImage read(AvroInput in, byte @Nullable [] placeholder) {
    @Nullable Object[] values = new @Nullable Object[readers.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = Branches.isPresent(in) ? readers[i].read(in, placeholder) : null;
    }
    return new RowImage(type, values);
  }

  private static RowType.Column column(String name, Schema schema) {
    String type = schema.getProp(ColumnSemantics.SOURCE_TYPE);
    return new RowType.Column(name, encoding(schema), type == null ? "" : type);
  }

  private static String name(Schema.Field field) {
    String real = field.getProp(ConnectToAvro.VEER_NAME);
    return real == null ? field.name() : real;
  }

  private static Schema valueSchema(Schema.Field field) {
    Branches.requireNullable(field.schema());
    return field.schema().getTypes().get(1);
  }

  private static ColumnEncoding encoding(Schema schema) {
    String semantics = schema.getProp(ConnectToAvro.CONNECT_NAME);
    return switch (schema.getType()) {
      case BOOLEAN -> ColumnEncoding.BOOLEAN;
      case INT ->
          ColumnSemantics.EPOCH_DAYS.equals(semantics)
              ? ColumnEncoding.EPOCH_DAYS
              : ColumnEncoding.INT32;
      case LONG -> ofLong(semantics);
      case FLOAT -> ColumnEncoding.FLOAT32;
      case DOUBLE -> ColumnEncoding.FLOAT64;
      case BYTES -> ColumnEncoding.BYTES;
      case STRING -> ofString(semantics);
      default -> throw new AvroInput.Corrupt("a column of Avro type " + schema.getType());
    };
  }

  private static ColumnEncoding ofLong(@Nullable String semantics) {
    if (ColumnSemantics.MICROS_OF_DAY.equals(semantics)) {
      return ColumnEncoding.MICROS_OF_DAY;
    }
    return ColumnSemantics.EPOCH_MICROS.equals(semantics)
        ? ColumnEncoding.EPOCH_MICROS
        : ColumnEncoding.INT64;
  }

  private static ColumnEncoding ofString(@Nullable String semantics) {
    if (ColumnSemantics.DATABASE_TEXT.equals(semantics)) {
      return ColumnEncoding.DATABASE_TEXT;
    }
    return ColumnSemantics.ZONED_TIMESTAMP.equals(semantics)
        ? ColumnEncoding.ZONED_TIMESTAMP
        : ColumnEncoding.TEXT;
  }

  private static ValueReader reader(ColumnEncoding encoding) {
    return switch (encoding) {
      case BOOLEAN -> (in, placeholder) -> in.readBoolean();
      case INT32, EPOCH_DAYS -> (in, placeholder) -> in.readInt();
      case INT64, MICROS_OF_DAY, EPOCH_MICROS -> (in, placeholder) -> in.readLong();
      case FLOAT32 -> (in, placeholder) -> in.readFloat();
      case FLOAT64 -> (in, placeholder) -> in.readDouble();
      case BYTES ->
          (in, placeholder) -> isAbsent(in, placeholder) ? RowImage.ABSENT : in.readBytes();
      case TEXT, ZONED_TIMESTAMP, DATABASE_TEXT ->
          (in, placeholder) -> isAbsent(in, placeholder) ? RowImage.ABSENT : in.readString();
    };
  }

  private static boolean isAbsent(AvroInput in, byte @Nullable [] placeholder) {
    return placeholder != null && in.skipIfEqual(placeholder);
  }
}
