package nl.veer.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ShapeTest {

  static Shape[] shapes() {
    return new Shape[] {Shape.NARROW, Shape.WIDE};
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void fillsEveryColumnThatItDeclares(Shape shape) {
    assertThat(topLevelCommas(shape.values())).isEqualTo(topLevelCommas(shape.columns()));
  }

  @Test
  void ratesAreRowsPerSecondOfTheMeasuredTime() {
    assertThat(Measurement.rate("load", 1_000, 500_000_000L).figure()).contains("2,000 rows/s");
  }

  private static long topLevelCommas(String list) {
    int depth = 0;
    long commas = 0;
    for (char c : list.toCharArray()) {
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      commas += c == ',' && depth == 0 ? 1 : 0;
    }
    return commas;
  }
}
