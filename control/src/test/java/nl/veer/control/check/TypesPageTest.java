package nl.veer.control.check;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import nl.veer.connectors.dialect.postgres.PostgresCarriedTypes;
import org.junit.jupiter.api.Test;

class TypesPageTest {
  private static final Path PAGE = Path.of("..", "docs", "types.md");

  /** Write it anew with {@code -Dveer.docs.write -Dtest=TypesPageTest}. */
  @Test
  void thePageOfTypesSaysWhatIsCarried() throws Exception {
    if (System.getProperty("veer.docs.write") != null) {
      Files.writeString(PAGE, page());
    }
    assertThat(PAGE).content(UTF_8).isEqualTo(page());
  }

  private static String page() {
    return """
        # PostgreSQL types that are carried

        Every value of these types arrives as it was: `col::text` is the same on both sides, byte for
        byte, and so is what the type sends in binary. Everything else is refused: by `veer check`, by
        the capture before it makes anything, by the load before it reads, and by the capture where a
        column of such a type appears in the stream (`COLUMN_TYPE`). This page is generated from the
        code; a test holds it to that, and another runs every type the whole way. Names are those of
        `pg_type`.

        | how it travels | types |
        |---|---|
        | as a value | %s |
        | as the database's own text | %s |
        | as the database's own text, from extensions | %s |
        | as its label | every enum |
        | as its base type | every domain over one of these but enums, NOT NULL and CHECK included |
        | as the database's own text | ranges and multiranges, built in or of your own, over these |
        | as the database's own text | composite types whose fields are all of these |
        | as the database's own text | arrays of all of these |

        A load copies tables in binary where every column's binary form means the same on any server,
        and as text where it does not: composites, and arrays of types of your own, have type OIDs in
        their binary form, which differ between servers. Types of extensions are known by the
        extension that they belong to. `geometry`, `geography` and `vector` are carried because of how
        their text is made; no test runs them.

        ## Refused

        | type | why |
        |---|---|
        %s
        Also refused: `"char"` of a source before version 16, which writes it as bytes without an
        encoding; types of extensions that are not named here; base types of your own; and whatever
        has one of these inside it (array, domain, range, composite). Types are judged when the
        capture starts and when a table's definition changes; a composite type that gets another
        field is a new type of which nobody tells: start the capture again.

        A domain over an enum, or an enum without labels, anywhere in the source's database, used or
        not, keeps Debezium from starting there, and is refused (`SOURCE_TYPE`).

        Generated columns are not carried: the target computes them.

        ## Notes

        - A `timestamp` from 294247-01-09 on does not fit into the log's microseconds since 1970. It
          stands there 3·2^62 lower, where PostgreSQL has no timestamp; other readers of the log take
          it for a time before 140000 BC. Infinity is 9223372036825200000, -infinity
          -9223372036832400000, as PgJDBC has them.
        - `money` travels as written under `lc_monetary = C`, on both sides: the number that is stored
          stays the same. Where the target's `lc_monetary` has another number of decimals, it reads
          as another amount there, as after a dump.
        - A float that is not a number arrives as `NaN`. PostgreSQL takes all of them as equal and
          writes them alike; which bits one had is not carried by the log.
        - An `interval` of exactly -2^63 microseconds is refused by the target (`VALUE`): PostgreSQL
          writes it, but cannot read it.
        - `oid` and the ids of transactions are numbers; what they stand for on their server is not
          carried.
        """
        .formatted(
            code(PostgresCarriedTypes.asValues()),
            code(PostgresCarriedTypes.asText()),
            code(PostgresCarriedTypes.ofExtensions().keySet()),
            refused());
  }

  /** A line for each reason. */
  private static String refused() {
    Map<String, String> types = new TreeMap<>(PostgresCarriedTypes.refused());
    types.putAll(PostgresCarriedTypes.refusedOfExtensions());
    Map<String, List<String>> byReason = new LinkedHashMap<>();
    types.forEach(
        (type, reason) -> byReason.computeIfAbsent(reason, any -> new ArrayList<>()).add(type));
    return byReason.entrySet().stream()
        .map(entry -> "| %s | %s |\n".formatted(code(entry.getValue()), entry.getKey()))
        .collect(Collectors.joining());
  }

  private static String code(Collection<String> names) {
    return names.stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
  }
}
