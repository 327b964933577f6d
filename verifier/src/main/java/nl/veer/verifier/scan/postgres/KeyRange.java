package nl.veer.verifier.scan.postgres;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The keys behind {@code after} up to {@code to}, that one included. Open at an end that is null:
 * so the first and the last range also hold the rows that only one side has.
 */
public record KeyRange(@Nullable List<String> after, @Nullable List<String> to) {
  public static final KeyRange ALL = new KeyRange(null, null);

  public KeyRange {
    after = after == null ? null : List.copyOf(after);
    to = to == null ? null : List.copyOf(to);
  }

  /** Never the values: they must not reach a log. */
  @Override
  public String toString() {
    return "KeyRange";
  }
}
