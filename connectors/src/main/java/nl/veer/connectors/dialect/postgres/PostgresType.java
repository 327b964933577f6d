package nl.veer.connectors.dialect.postgres;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A type as the catalog knows it, with the types that it is made of: of a domain its base, of an
 * array its elements, of a range its bounds, of a composite its fields. PostgreSQL allows no rings.
 *
 * @param written with its schema where that is needed, as SQL writes it
 * @param builtIn whether it came with the server, so that its name says which type it is
 * @param kind pg_type.typtype
 * @param extension the extension that it belongs to
 */
public record PostgresType(
    String written,
    boolean builtIn,
    String name,
    char kind,
    @Nullable String extension,
    List<Part> parts) {
  static final char ENUM = 'e';
  static final char COMPOSITE = 'c';

  /**
   * A type inside another.
   *
   * @param role which part it is, for messages, for example {@code its elements}
   */
  public record Part(String role, PostgresType type) {}

  public PostgresType {
    parts = List.copyOf(parts);
  }
}
