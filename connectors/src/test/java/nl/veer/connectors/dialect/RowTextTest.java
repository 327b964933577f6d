package nl.veer.connectors.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import nl.veer.connectors.event.RowImage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RowTextTest {

  @Test
  void takesFromAnOlderRowOnlyWhatIsKnownThere() {
    RowText row = row("1", RowImage.ABSENT, RowImage.ABSENT, null);

    RowText filled = row.over(row("0", "big", null, "old"));

    assertThat(filled.text(0)).isEqualTo("1");
    assertThat(filled.text(1)).isEqualTo("big");
    assertThat(filled.isAbsent(2)).isTrue();
    assertThat(filled.text(3)).isNull();
  }

  @Test
  void weighsSmallValuesAsTheObjectsThatTheyAre() {
    assertThat(row("1", "2", "3").weight()).isGreaterThan(3 * 50);
    assertThat(row(null, RowImage.ABSENT).weight()).isLessThan(100);
    assertThat(row("x".repeat(1000)).weight()).isGreaterThan(2000);
  }

  private static RowText row(@Nullable Object... values) {
    return new RowText(values);
  }
}
