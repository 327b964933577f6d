package nl.veer.connectors.dialect.postgres;

import java.util.Optional;
import java.util.Set;

/**
 * The types whose every value Veer carries exactly, in one place. Native ones travel as values; the
 * others as the database's own text, which both sides read and write without loss. Everything else
 * is refused before it is captured.
 */
public final class PostgresCarriedTypes {
  private static final Set<String> NATIVE =
      Set.of(
          "bool",
          "int2",
          "int4",
          "int8",
          "oid",
          "float4",
          "float8",
          "text",
          "varchar",
          "bpchar",
          "char",
          "bytea",
          "date",
          "time",
          "timestamp",
          "timestamptz",
          "uuid",
          "json",
          "jsonb",
          "xml");

  private static final Set<String> AS_TEXT =
      Set.of(
          "numeric",
          "interval",
          "timetz",
          "inet",
          "cidr",
          "macaddr",
          "macaddr8",
          "bit",
          "varbit",
          "int4range",
          "int8range",
          "numrange",
          "tsrange",
          "tstzrange",
          "daterange");

  private PostgresCarriedTypes() {}

  /** A type as the catalog knows it. */
  public record Type(String written, boolean builtIn, String name, char kind) {
    private static final char ENUM = 'e';
    private static final char DOMAIN = 'd';
    private static final char COMPOSITE = 'c';
  }

  /**
   * Why a column of this type cannot be carried; empty if it can.
   *
   * @param element the array's element type; null if the type is no array
   */
  public static Optional<String> refusal(
      Type type, @org.jspecify.annotations.Nullable Type element) {
    if (element != null) {
      return refusal(element, null)
          .map(reason -> "its elements cannot be carried exactly: " + reason);
    }
    if (type.kind() == Type.ENUM
        || type.builtIn() && (NATIVE.contains(type.name()) || AS_TEXT.contains(type.name()))) {
      return Optional.empty();
    }
    return Optional.of(
        switch (type.kind()) {
          case Type.DOMAIN -> type.written() + " is a domain, which the source's log hides";
          case Type.COMPOSITE -> type.written() + " is a composite type";
          default -> type.written() + " is not among the types that are known to travel unchanged";
        });
  }
}
