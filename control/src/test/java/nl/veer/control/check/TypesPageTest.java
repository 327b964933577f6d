package nl.veer.control.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
    assertThat(PAGE).content().isEqualTo(page());
  }

  private static String page() {
    return """
        # PostgreSQL types that are carried

        Every value of these types arrives as it was. Everything else is refused by `veer check`, and
        stops a wave that meets it: it is never bent. This page is generated from the code; a test
        holds it to that. Names are those of `pg_type`.

        | how it travels | types |
        |---|---|
        | as a value | %s |
        | as the database's own text | %s |
        | as the database's own text, from extensions | %s |
        | as its label | every enum |
        | as the database's own text | arrays of all of these |
        | as its base type | every domain over one of these |

        Refused, among others: `money` (its text depends on the server's locale), `regclass` and the
        like (they name an object of one server), composite types, ranges of user-defined types.
        Generated columns are not carried: the target computes them.
        """
        .formatted(
            code(PostgresCarriedTypes.asValues()),
            code(PostgresCarriedTypes.asText()),
            code(PostgresCarriedTypes.ofExtensions()));
  }

  private static String code(List<String> names) {
    return names.stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
  }
}
