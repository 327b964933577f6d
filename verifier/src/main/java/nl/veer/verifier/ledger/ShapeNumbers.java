package nl.veer.verifier.ledger;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Shapes as the numbers that stand for them in files. Owned by one thread. */
final class ShapeNumbers {
  private final List<Shape> shapes = new ArrayList<>();
  private final Map<Shape, Integer> numbers = new IdentityHashMap<>();

  int number(Shape shape) {
    return numbers.computeIfAbsent(
        shape,
        any -> {
          shapes.add(shape);
          return shapes.size() - 1;
        });
  }

  Shape shape(int number) {
    return shapes.get(number);
  }
}
