package nl.veer.connectors.dialect.postgres;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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
          "daterange",
          "int4multirange",
          "int8multirange",
          "nummultirange",
          "tsmultirange",
          "tstzmultirange",
          "datemultirange",
          "point",
          "line",
          "lseg",
          "box",
          "path",
          "polygon",
          "circle",
          "tsvector",
          "tsquery",
          "name",
          "pg_lsn",
          "jsonpath");

  /** Types of extensions whose text is known to be exact. */
  private static final Set<String> OF_EXTENSIONS =
      Set.of("citext", "hstore", "ltree", "geometry", "geography", "vector");

  private PostgresCarriedTypes() {}

  /** Names in pg_catalog of the types that travel as values, sorted. */
  public static List<String> asValues() {
    return NATIVE.stream().sorted().toList();
  }

  /** Names in pg_catalog of the types that travel as the database's own text, sorted. */
  public static List<String> asText() {
    return AS_TEXT.stream().sorted().toList();
  }

  /** Names of the extensions' types that travel as the database's own text, sorted. */
  public static List<String> ofExtensions() {
    return OF_EXTENSIONS.stream().sorted().toList();
  }

  /**
   * A type as the catalog knows it; of a domain, its base type.
   *
   * @param written with its schema, as SQL writes it
   * @param builtIn whether it is in pg_catalog
   * @param kind pg_type.typtype
   */
  public record Type(String written, boolean builtIn, String name, char kind) {
    private static final char BASE = 'b';
    private static final char ENUM = 'e';
    private static final char COMPOSITE = 'c';
  }

  /**
   * Why a column of this type cannot be carried; empty if it can.
   *
   * @param element the array's element type; null if the type is no array
   */
  public static Optional<String> refusal(Type type, @Nullable Type element) {
    if (element != null) {
      return refusal(element, null)
          .map(reason -> "its elements cannot be carried exactly: " + reason);
    }
    boolean carried =
        type.kind() == Type.ENUM
            || type.builtIn() && (NATIVE.contains(type.name()) || AS_TEXT.contains(type.name()))
            || type.kind() == Type.BASE && !type.builtIn() && OF_EXTENSIONS.contains(type.name());
    return carried ? Optional.empty() : Optional.of(reason(type));
  }

  private static String reason(Type type) {
    if (type.builtIn() && type.name().equals("money")) {
      return "money is written as the server's locale has it";
    }
    if (type.builtIn() && type.name().startsWith("reg")) {
      return type.written() + " names an object of one server";
    }
    return type.kind() == Type.COMPOSITE
        ? type.written() + " is a composite type"
        : type.written() + " is not among the types that are known to travel unchanged";
  }
}
