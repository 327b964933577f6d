package nl.veer.connectors.event;

/**
 * A table of the source, and of the target, where it has the same name. Ordered by schema, name.
 */
public record TableId(String schema, String name) implements Comparable<TableId> {

  /** The SQL name, both parts quoted. */
  public String quoted() {
    return quote(schema) + "." + quote(name);
  }

  private static String quote(String identifier) {
    return '"' + identifier.replace("\"", "\"\"") + '"';
  }

  @Override
  public int compareTo(TableId other) {
    int bySchema = schema.compareTo(other.schema);
    return bySchema != 0 ? bySchema : name.compareTo(other.name);
  }

  /** For people: {@code schema.name}, unquoted. */
  @Override
  public String toString() {
    return schema + "." + name;
  }
}
