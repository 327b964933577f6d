package nl.veer.control.type;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import nl.veer.connectors.dialect.postgres.PostgresCarriedTypes;
import org.junit.jupiter.api.Test;

/** The table and the code name the same types. */
class TypeTableTest {
  @Test
  void everyTypeThatIsCarriedHasARow() {
    Set<String> carried = new TreeSet<>(PostgresCarriedTypes.asValues());
    carried.addAll(PostgresCarriedTypes.asText());
    carried.addAll(PostgresCarriedTypes.ofExtensions().keySet());
    carried.removeAll(ExtensionTypes.NOT_TRIED);

    assertThat(names()).containsAll(carried);
  }

  @Test
  void noTypeThatIsRefusedHasARow() {
    assertThat(names())
        .doesNotContainAnyElementsOf(PostgresCarriedTypes.refused().keySet())
        .doesNotContainAnyElementsOf(PostgresCarriedTypes.refusedOfExtensions().keySet());
  }

  @Test
  void everyRowHasValuesThatDiffer() {
    assertThat(TypeTable.rows())
        .allSatisfy(
            row ->
                assertThat(row.values())
                    .as(row.declared())
                    .isNotEmpty()
                    .extracting(TypeRow.Value::canonical)
                    .doesNotHaveDuplicates());
  }

  private static Set<String> names() {
    return TypeTable.rows().stream()
        .map(row -> row.declared().replaceAll("^ext\\.|\\(.*|\"", ""))
        .collect(Collectors.toSet());
  }
}
