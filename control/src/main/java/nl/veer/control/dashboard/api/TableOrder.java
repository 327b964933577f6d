package nl.veer.control.dashboard.api;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** In which order tables are told; such as are alike by their names. */
public enum TableOrder {
  /** Those first that need somebody's eye: {@link Risk}. */
  RISK(Comparator.comparingInt(TableBody::risk).reversed()),
  NAME((one, other) -> 0),
  /** The largest first. */
  ROWS(most(TableOrder::rows)),
  /** The busiest first. */
  CHANGES(most(TableBody::changesPerSecond)),
  /** Those first that no scan has looked at, then the one whose look is oldest. */
  AGE(
      Comparator.comparing(
          TableBody::oldestScanAt, Comparator.nullsFirst(Comparator.naturalOrder())));

  private final Comparator<TableBody> comparator;

  TableOrder(Comparator<TableBody> comparator) {
    this.comparator = comparator.thenComparing(TableBody::table);
  }

  /** As they are asked for, the default first. */
  public static List<String> words() {
    return Arrays.stream(values()).map(order -> order.name().toLowerCase(Locale.ROOT)).toList();
  }

  /**
   * @param word one of {@link #words}
   */
  public static TableOrder of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  Comparator<TableBody> comparator() {
    return comparator;
  }

  private interface Figure<T> {
    @Nullable T of(TableBody table);
  }

  private static <T extends Comparable<T>> Comparator<TableBody> most(Figure<T> figure) {
    Comparator<@Nullable T> order = Comparator.nullsLast(Comparator.reverseOrder());
    return (one, other) -> order.compare(figure.of(one), figure.of(other));
  }

  private static @Nullable Long rows(TableBody table) {
    Long source = table.sourceRows();
    Long target = table.targetRows();
    return source == null ? target : target == null ? source : (Long) Math.max(source, target);
  }
}
