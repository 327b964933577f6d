package nl.veer.benchmarks.ground;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ShapeTest {

  static Iterable<Shape> shapes() {
    return Shape.ALL;
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void fillsEveryColumnThatItDeclares(Shape shape) {
    assertThat(topLevelCommas(shape.values())).isEqualTo(topLevelCommas(shape.columns()));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void knowsAChangedRowByTheColumnThatAnUpdateSets(Shape shape) {
    assertThat(shape.change()).contains(shape.changed());
  }

  private static long topLevelCommas(String list) {
    int depth = 0;
    long commas = 0;
    for (char c : list.toCharArray()) {
      depth += c == '(' || c == '[' ? 1 : c == ')' || c == ']' ? -1 : 0;
      commas += c == ',' && depth == 0 ? 1 : 0;
    }
    return commas;
  }
}
