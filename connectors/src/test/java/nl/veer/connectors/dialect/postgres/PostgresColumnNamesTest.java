package nl.veer.connectors.dialect.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import nl.veer.connectors.event.TableId;
import org.junit.jupiter.api.Test;

class PostgresColumnNamesTest {

  @Test
  void refusesATableWhoseNameOrSchemaHasQuotesAroundIt() {
    for (String name : new String[] {"\"t\"", "'t'", "`t`", "''", "'a'.'b'"}) {
      assertThat(PostgresColumnNames.refusal(new TableId("public", name))).as(name).isPresent();
      assertThat(PostgresColumnNames.refusal(new TableId(name, "t"))).as(name).isPresent();
    }
  }

  @Test
  void takesATableWhoseNameOnlyHasQuotesInIt() {
    for (String name : new String[] {"it's", "'", "\"", "a\"b", "'t\"", "'t' ", "t"}) {
      assertThat(PostgresColumnNames.refusal(new TableId(name, name))).as(name).isEmpty();
    }
  }

  @Test
  void refusesColumnsThatDifferOnlyInCase() {
    assertThat(PostgresColumnNames.refusal(List.of("id", "ID"))).isPresent();
    assertThat(PostgresColumnNames.refusal(List.of("I", "ı", "İ"))).isEmpty();
  }

  @Test
  void tablesThatADotMakesTheSameAreNotCapturedTogether() {
    TableId one = new TableId("a.b", "c");
    TableId other = new TableId("a", "b.c");

    assertThat(PostgresColumnNames.clash(List.of(one, other))).get().asString().contains("a.b.c");
    assertThat(PostgresColumnNames.clash(List.of(one, one))).isEmpty();
    assertThat(PostgresColumnNames.clash(List.of(one, new TableId("a", "c")))).isEmpty();
  }
}
