package nl.veer.connectors.event.codec;

import java.util.List;
import org.apache.avro.Schema;

/** Steps over a value that nobody needs, compiled once per schema. Immutable. */
@FunctionalInterface
interface Skipper {

  void skip(AvroInput in);

  static Skipper of(Schema schema) {
    return switch (schema.getType()) {
      case NULL -> in -> {};
      case BOOLEAN -> AvroInput::readBoolean;
      case INT, LONG, ENUM -> AvroInput::readLong;
      case FLOAT -> in -> in.skip(Float.BYTES);
      case DOUBLE -> in -> in.skip(Double.BYTES);
      case STRING, BYTES -> AvroInput::skipLengthPrefixed;
      case FIXED -> in -> in.skip(schema.getFixedSize());
      case RECORD -> record(schema);
      case UNION -> union(schema);
      case ARRAY -> array(of(schema.getElementType()));
      case MAP -> throw new AvroInput.Corrupt("a map, which the log never holds");
    };
  }

  private static Skipper record(Schema schema) {
    List<Skipper> fields = schema.getFields().stream().map(field -> of(field.schema())).toList();
    return in -> {
      for (Skipper field : fields) {
        field.skip(in);
      }
    };
  }

  private static Skipper union(Schema schema) {
    List<Skipper> branches = schema.getTypes().stream().map(Skipper::of).toList();
    return in -> {
      int branch = in.readInt();
      if (branch < 0 || branch >= branches.size()) {
        throw new AvroInput.Corrupt("a union branch that does not exist");
      }
      branches.get(branch).skip(in);
    };
  }

  private static Skipper array(Skipper element) {
    return in -> {
      for (long count = in.readCount(); count != 0; count = in.readCount()) {
        for (long i = 0; i < count; i++) {
          element.skip(in);
        }
      }
    };
  }
}
