package nl.veer.connectors.event.codec;

import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Reads a small record field by field, without being compiled: BEGIN, END and logical messages, of
 * which there are two per transaction. Keeps texts, numbers and bytes, nested records by {@code
 * outer.inner}; steps over arrays.
 */
final class FieldReader {

  private FieldReader() {}

  static Map<String, Object> read(Schema schema, AvroInput in) {
    Map<String, Object> values = new HashMap<>();
    readRecord(schema, "", in, values);
    if (!in.isAtEnd()) {
      throw new AvroInput.Corrupt("bytes behind the record's end");
    }
    return values;
  }

  static String text(Map<String, Object> values, String name) {
    return (String) require(values, name, String.class);
  }

  static long number(Map<String, Object> values, String name) {
    return (Long) require(values, name, Long.class);
  }

  static byte[] bytes(Map<String, Object> values, String name) {
    return (byte[]) require(values, name, byte[].class);
  }

  private static Object require(Map<String, Object> values, String name, Class<?> type) {
    @Nullable Object value = values.get(name);
    if (!type.isInstance(value)) {
      throw new AvroInput.Corrupt("no field " + name);
    }
    return value;
  }

  private static void readRecord(
      Schema schema, String prefix, AvroInput in, Map<String, Object> into) {
    if (schema.getType() != Schema.Type.RECORD) {
      throw new AvroInput.Corrupt("a schema that is no record");
    }
    for (Schema.Field field : schema.getFields()) {
      readField(field.schema(), prefix + field.name(), in, into);
    }
  }

  private static void readField(
      Schema schema, String name, AvroInput in, Map<String, Object> into) {
    switch (schema.getType()) {
      case UNION -> {
        Branches.requireNullable(schema);
        if (Branches.isPresent(in)) {
          readField(schema.getTypes().get(1), name, in, into);
        }
      }
      case RECORD -> readRecord(schema, name + ".", in, into);
      case STRING -> into.put(name, in.readString());
      case BYTES -> into.put(name, in.readBytes());
      case INT, LONG -> into.put(name, in.readLong());
      default -> Skipper.of(schema).skip(in);
    }
  }
}
