package nl.veer.connectors.dialect.postgres;

/**
 * What a sequence is set to.
 *
 * @param called whether {@code value} counts as drawn; if not, it is the value that is drawn next
 */
public record SequenceTarget(String schema, String name, long value, boolean called) {

  /** The SQL name, both parts quoted. */
  String quoted() {
    return PostgresNames.quoted(schema) + "." + PostgresNames.quoted(name);
  }

  /** For people: {@code schema.name}, unquoted. */
  @Override
  public String toString() {
    return schema + "." + name;
  }
}
