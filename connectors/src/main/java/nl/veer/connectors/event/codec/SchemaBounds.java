package nl.veer.connectors.event.codec;

import org.apache.avro.Schema;

/**
 * Bounds on the schemas that a reader takes from a registry. What is compiled from a schema grows
 * with every use of a named record in it: one that contains itself never ends, and a few lines can
 * stand for billions of parts.
 */
final class SchemaBounds {
  /** Veer's own schemas have six levels at most. */
  private static final int LEVELS = 16;

  /** Ten times what two images of a row of 1,600 columns take. */
  private static final int PARTS = 100_000;

  private int parts;

  private SchemaBounds() {}

  /** The schema, if it is within the bounds. */
  static Schema require(Schema schema) {
    new SchemaBounds().count(schema, 0);
    return schema;
  }

  private void count(Schema schema, int level) {
    if (level > LEVELS || ++parts > PARTS) {
      throw new AvroInput.Corrupt("a schema of more levels or parts than Veer writes");
    }
    switch (schema.getType()) {
      case RECORD -> schema.getFields().forEach(field -> count(field.schema(), level + 1));
      case UNION -> schema.getTypes().forEach(type -> count(type, level + 1));
      case ARRAY -> count(schema.getElementType(), level + 1);
      case MAP, ENUM, FIXED ->
          throw new AvroInput.Corrupt("a schema with a type that Veer does not write");
      default -> {
        // Has no parts.
      }
    }
  }
}
