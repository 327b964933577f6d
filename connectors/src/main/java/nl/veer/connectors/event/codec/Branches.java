package nl.veer.connectors.event.codec;

import org.apache.avro.Schema;

/** The only union that the log has: null in front of one type. */
final class Branches {

  private Branches() {}

  static void requireNullable(Schema schema) {
    if (schema.getType() != Schema.Type.UNION
        || schema.getTypes().size() != 2
        || schema.getTypes().get(0).getType() != Schema.Type.NULL) {
      throw new AvroInput.Corrupt("a field that is not a union of null and one type");
    }
  }

  /** Reads which branch follows; tells whether it is the value. */
  static boolean isPresent(AvroInput in) {
    long branch = in.readLong();
    if (branch != 0 && branch != 1) {
      throw new AvroInput.Corrupt("a union branch that does not exist");
    }
    return branch == 1;
  }
}
