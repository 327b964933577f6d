package nl.veer.connectors.event.codec;

import java.nio.ByteBuffer;
import java.util.List;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/**
 * Writes a Connect {@link Struct} as Avro binary, compiled once per schema: no lookup by name, no
 * intermediate Avro object and no validation, which Debezium has done when it filled the struct.
 * Immutable.
 */
final class StructEncoder {
  private final FieldWriter[] writers;

  /** Writes one value that is not null. */
  @FunctionalInterface
  interface ValueWriter {
    void write(Object value, AvroOutput out);
  }

  /** Writes one field of a struct. */
  record FieldWriter(Field field, boolean optional, ValueWriter writer) {

    static FieldWriter of(Field field) {
      return new FieldWriter(
          field, field.schema().isOptional(), StructEncoder.writer(field.schema()));
    }

    void write(Struct struct, AvroOutput out) {
      // By name where the schema has a default: Struct.get would put it in the place of a NULL.
      write(
          field.schema().defaultValue() == null
              ? struct.get(field)
              : struct.getWithoutDefault(field.name()),
          out);
    }

    /** Writes a value that the field's schema allows. */
    void write(@Nullable Object value, AvroOutput out) {
      if (optional) {
        out.writeByte(value == null ? 0 : 2);
        if (value == null) {
          return;
        }
      } else if (value == null) {
        throw new Failure(
            FailureKind.BUG, "FIELD_NULL", "The required field " + field.name() + " is null.");
      }
      writer.write(value, out);
    }
  }

  private StructEncoder(FieldWriter[] writers) {
    this.writers = writers;
  }

  static StructEncoder compile(Schema schema) {
    List<Field> fields = schema.fields();
    FieldWriter[] writers = new FieldWriter[fields.size()];
    for (int i = 0; i < writers.length; i++) {
      writers[i] = FieldWriter.of(fields.get(i));
    }
    return new StructEncoder(writers);
  }

  void write(Struct struct, AvroOutput out) {
    for (FieldWriter writer : writers) {
      writer.write(struct, out);
    }
  }

  private static ValueWriter writer(Schema schema) {
    return switch (schema.type()) {
      case BOOLEAN -> (value, out) -> out.writeByte((Boolean) value ? 1 : 0);
      case INT8, INT16, INT32, INT64 -> (value, out) -> out.writeLong(((Number) value).longValue());
      case FLOAT32 -> (value, out) -> out.writeFloat((Float) value);
      case FLOAT64 -> (value, out) -> out.writeDouble((Double) value);
      case STRING -> (value, out) -> out.writeString((String) value);
      case BYTES -> StructEncoder::writeBytes;
      case ARRAY -> array(schema.valueSchema());
      case STRUCT -> {
        StructEncoder encoder = compile(schema);
        yield (value, out) -> encoder.write((Struct) value, out);
      }
      case MAP -> throw new Failure(FailureKind.BUG, "SCHEMA_MAP", "A map cannot be written.");
    };
  }

  private static void writeBytes(Object value, AvroOutput out) {
    if (value instanceof byte[] bytes) {
      out.writeBytes(bytes);
    } else {
      out.writeBytes((ByteBuffer) value);
    }
  }

  private static ValueWriter array(Schema elements) {
    ValueWriter element = writer(elements);
    boolean optional = elements.isOptional();
    return (value, out) -> {
      List<?> list = (List<?>) value;
      if (!list.isEmpty()) {
        out.writeLong(list.size());
        for (@Nullable Object item : list) {
          writeElement(item, optional, element, out);
        }
      }
      out.writeLong(0);
    };
  }

  private static void writeElement(
      @Nullable Object item, boolean optional, ValueWriter writer, AvroOutput out) {
    if (optional) {
      out.writeByte(item == null ? 0 : 2);
    }
    if (item != null) {
      writer.write(item, out);
    } else if (!optional) {
      throw new Failure(FailureKind.BUG, "ELEMENT_NULL", "A required array element is null.");
    }
  }
}
