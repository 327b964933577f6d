package nl.veer.connectors.event.codec;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.Schema;

/**
 * Eight bytes of the SHA-256 of what a schema means to Veer: types, names and properties. Avro's
 * own fingerprint leaves the properties out, which tell a timestamp from a number; a schema's text
 * is not the same after a registry has kept it.
 */
final class SchemaFingerprint {
  private static final int BYTES = 8;

  private SchemaFingerprint() {}

  static byte[] of(Schema schema) {
    StringBuilder text = new StringBuilder();
    append(schema, text, new HashSet<>());
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(text.toString().getBytes(StandardCharsets.UTF_8));
      return Arrays.copyOf(digest, BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  private static void append(Schema schema, StringBuilder text, Set<String> seen) {
    text.append('<').append(schema.getType());
    switch (schema.getType()) {
      case RECORD -> {
        text.append(' ').append(schema.getFullName());
        if (seen.add(schema.getFullName())) {
          for (Schema.Field field : schema.getFields()) {
            text.append(' ').append(field.name());
            text.append(new TreeMap<>(field.getObjectProps()));
            append(field.schema(), text, seen);
          }
        }
      }
      case UNION -> schema.getTypes().forEach(type -> append(type, text, seen));
      case ARRAY -> append(schema.getElementType(), text, seen);
      default -> {
        // Has no parts.
      }
    }
    text.append(new TreeMap<>(schema.getObjectProps())).append('>');
  }
}
