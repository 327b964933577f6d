package nl.veer.connectors.dialect.postgres;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The types whose every value Veer carries exactly, in one place. Native ones travel as values; the
 * others as the database's own text, which both sides read and write without loss. A type that is
 * made of others (array, domain, range, composite) is carried if they are. Everything else is
 * refused before it is captured.
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
          "jsonb");

  private static final Set<String> AS_TEXT =
      Set.of(
          "numeric",
          "money",
          "interval",
          "timetz",
          "inet",
          "cidr",
          "macaddr",
          "macaddr8",
          "bit",
          "varbit",
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
          "jsonpath",
          "pg_lsn",
          "pg_snapshot",
          "txid_snapshot",
          "xid",
          "xid8",
          "cid",
          "tid",
          "int2vector",
          "oidvector",
          "refcursor");

  /** Types of extensions whose text is known to be exact, with the extension. */
  private static final Map<String, String> OF_EXTENSIONS =
      Map.ofEntries(
          Map.entry("citext", "citext"),
          Map.entry("hstore", "hstore"),
          Map.entry("ltree", "ltree"),
          Map.entry("lquery", "ltree"),
          Map.entry("ltxtquery", "ltree"),
          Map.entry("cube", "cube"),
          Map.entry("ean13", "isn"),
          Map.entry("isbn", "isn"),
          Map.entry("isbn13", "isn"),
          Map.entry("ismn", "isn"),
          Map.entry("ismn13", "isn"),
          Map.entry("issn", "isn"),
          Map.entry("issn13", "isn"),
          Map.entry("upc", "isn"),
          Map.entry("geometry", "postgis"),
          Map.entry("geography", "postgis"),
          Map.entry("vector", "vector"));

  private static final String OF_ONE_SERVER = "it is the number of an object of one server";
  private static final String NOT_WRITABLE = "no value of it can be written";

  private static final Map<String, String> REFUSED =
      Map.ofEntries(
          Map.entry(
              "xml",
              "the server sends a value without its XML declaration and a line break before it"),
          Map.entry("aclitem", "it names roles of one server"),
          Map.entry("regclass", OF_ONE_SERVER),
          Map.entry("regcollation", OF_ONE_SERVER),
          Map.entry("regconfig", OF_ONE_SERVER),
          Map.entry("regdictionary", OF_ONE_SERVER),
          Map.entry("regnamespace", OF_ONE_SERVER),
          Map.entry("regoper", OF_ONE_SERVER),
          Map.entry("regoperator", OF_ONE_SERVER),
          Map.entry("regproc", OF_ONE_SERVER),
          Map.entry("regprocedure", OF_ONE_SERVER),
          Map.entry("regrole", OF_ONE_SERVER),
          Map.entry("regtype", OF_ONE_SERVER),
          Map.entry("gtsvector", NOT_WRITABLE),
          Map.entry("pg_node_tree", NOT_WRITABLE),
          Map.entry("pg_ndistinct", NOT_WRITABLE),
          Map.entry("pg_dependencies", NOT_WRITABLE),
          Map.entry("pg_mcv_list", NOT_WRITABLE),
          Map.entry("pg_brin_bloom_summary", NOT_WRITABLE),
          Map.entry("pg_brin_minmax_multi_summary", NOT_WRITABLE));

  private static final Map<String, String> REFUSED_OF_EXTENSIONS =
      Map.of("seg", "its text keeps no more than six digits");

  /** From this version on every value of {@code "char"} is written in ASCII. */
  private static final int CHAR_IN_ASCII = 160_000;

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
  public static SortedMap<String, String> ofExtensions() {
    return Collections.unmodifiableSortedMap(new TreeMap<>(OF_EXTENSIONS));
  }

  /** Names in pg_catalog of the types that are refused, with the reason, sorted. */
  public static SortedMap<String, String> refused() {
    return Collections.unmodifiableSortedMap(new TreeMap<>(REFUSED));
  }

  /** Names of known extensions' types that are refused, with the reason, sorted. */
  public static SortedMap<String, String> refusedOfExtensions() {
    return Collections.unmodifiableSortedMap(new TreeMap<>(REFUSED_OF_EXTENSIONS));
  }

  /**
   * Why a column of this type cannot be carried; empty if it can.
   *
   * @param version the source's server_version_num
   */
  public static Optional<String> refusal(PostgresType type, int version) {
    for (PostgresType.Part part : type.parts()) {
      Optional<String> reason = refusal(part.type(), version);
      if (reason.isPresent()) {
        return Optional.of("%s of %s: %s".formatted(part.role(), type.written(), reason.get()));
      }
    }
    if (!type.parts().isEmpty()
        || type.kind() == PostgresType.ENUM
        || type.kind() == PostgresType.COMPOSITE) {
      return Optional.empty();
    }
    return type.builtIn() ? refusalOfBuiltIn(type, version) : refusalOfOther(type);
  }

  private static Optional<String> refusalOfBuiltIn(PostgresType type, int version) {
    if (type.name().equals("char") && version < CHAR_IN_ASCII) {
      return because(type, "before version 16 the server writes it as bytes without an encoding");
    }
    if (NATIVE.contains(type.name()) || AS_TEXT.contains(type.name())) {
      return Optional.empty();
    }
    return because(type, REFUSED.getOrDefault(type.name(), unknown()));
  }

  private static Optional<String> refusalOfOther(PostgresType type) {
    String extension = type.extension();
    if (extension == null) {
      return because(type, unknown());
    }
    return extension.equals(OF_EXTENSIONS.get(type.name()))
        ? Optional.empty()
        : because(type, REFUSED_OF_EXTENSIONS.getOrDefault(type.name(), unknown()));
  }

  private static String unknown() {
    return "it is not among the types that are known to travel unchanged";
  }

  private static Optional<String> because(PostgresType type, String reason) {
    return Optional.of("%s (%s)".formatted(type.written(), reason));
  }
}
