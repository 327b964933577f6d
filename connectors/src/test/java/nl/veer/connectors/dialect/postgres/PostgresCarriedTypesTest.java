package nl.veer.connectors.dialect.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import nl.veer.connectors.dialect.postgres.PostgresType.Part;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PostgresCarriedTypesTest {
  private static final int VERSION_15 = 150_010;
  private static final int VERSION_16 = 160_000;

  @Test
  void refusesCharBeforeItIsWrittenInAscii() {
    PostgresType type = builtIn("char");

    assertThat(PostgresCarriedTypes.refusal(type, VERSION_15).orElseThrow())
        .contains("before version 16");
    assertThat(PostgresCarriedTypes.refusal(arrayOf(type), VERSION_15)).isPresent();
    assertThat(PostgresCarriedTypes.refusal(type, VERSION_16)).isEmpty();
  }

  @Test
  void carriesATypeOfAnExtensionOnlyIfItIsThatExtensions() {
    assertThat(PostgresCarriedTypes.refusal(other("hstore", "hstore"), VERSION_16)).isEmpty();
    assertThat(PostgresCarriedTypes.refusal(other("hstore", "mystore"), VERSION_16)).isPresent();
    assertThat(PostgresCarriedTypes.refusal(other("hstore", null), VERSION_16)).isPresent();
    assertThat(PostgresCarriedTypes.refusal(other("int4", null), VERSION_16)).isPresent();
  }

  @Test
  void judgesWhatIsMadeOfOthersByEveryPart() {
    PostgresType good =
        new PostgresType(
            "pair",
            false,
            "pair",
            'c',
            null,
            List.of(new Part("field a", builtIn("int4")), new Part("field b", builtIn("text"))));
    PostgresType bad =
        new PostgresType(
            "pair",
            false,
            "pair",
            'c',
            null,
            List.of(new Part("field a", good), new Part("field b", arrayOf(builtIn("xml")))));

    assertThat(PostgresCarriedTypes.refusal(good, VERSION_16)).isEmpty();
    assertThat(PostgresCarriedTypes.refusal(bad, VERSION_16).orElseThrow())
        .startsWith("field b of pair: the elements of xml[]: xml (");
  }

  private static PostgresType builtIn(String name) {
    return new PostgresType(name, true, name, 'b', null, List.of());
  }

  private static PostgresType other(String name, @Nullable String extension) {
    return new PostgresType(name, false, name, 'b', extension, List.of());
  }

  private static PostgresType arrayOf(PostgresType element) {
    return new PostgresType(
        element.written() + "[]",
        element.builtIn(),
        "_" + element.name(),
        'b',
        element.extension(),
        List.of(new Part("the elements", element)));
  }
}
