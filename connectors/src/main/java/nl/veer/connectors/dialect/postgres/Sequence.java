package nl.veer.connectors.dialect.postgres;

import java.math.BigInteger;
import java.util.Optional;
import nl.veer.connectors.event.TableId;
import org.jspecify.annotations.Nullable;

/**
 * A sequence as it stood when it was read.
 *
 * <p>With a cache, a session draws a block at once and {@code lastValue} is the block's end: so it
 * is at or beyond every value that any session has been given, and only values that nobody has used
 * may lie before it.
 *
 * @param lastValue the last value that was drawn, or the first one that will be if none was yet
 * @param called whether {@code lastValue} was drawn already
 * @param table that it belongs to, as a column's identity or by OWNED BY; null if to none
 * @param column of that table; null if it belongs to none
 */
public record Sequence(
    String schema,
    String name,
    Definition definition,
    long lastValue,
    boolean called,
    @Nullable TableId table,
    @Nullable String column) {

  /**
   * How it counts.
   *
   * @param type what bounds it at most: {@code smallint}, {@code integer}, {@code bigint}
   * @param cache how many values a session draws at once
   */
  public record Definition(
      String type, long start, long min, long max, long increment, boolean cycle, long cache) {

    /**
     * Whether it can go on where one of the other definition stands. Cache and start may differ.
     */
    boolean counts(Definition other) {
      return type.equals(other.type)
          && min == other.min
          && max == other.max
          && increment == other.increment
          && cycle == other.cycle;
    }

    /** For people. */
    String told() {
      return "%s from %d to %d by %d%s"
          .formatted(type, min, max, increment, cycle ? ", cycling" : "");
    }
  }

  /** The value that is drawn next; empty if it has come to its end. */
  Optional<BigInteger> next() {
    BigInteger last = BigInteger.valueOf(lastValue);
    if (!called) {
      return Optional.of(last);
    }
    BigInteger next = last.add(BigInteger.valueOf(definition.increment()));
    if (isInside(next)) {
      return Optional.of(next);
    }
    return definition.cycle() ? Optional.of(BigInteger.valueOf(turn())) : Optional.empty();
  }

  /** Where it goes on after its end, if it cycles. */
  long turn() {
    return definition.increment() > 0 ? definition.min() : definition.max();
  }

  private boolean isInside(BigInteger value) {
    return value.compareTo(BigInteger.valueOf(definition.min())) >= 0
        && value.compareTo(BigInteger.valueOf(definition.max())) <= 0;
  }

  /** The SQL name, both parts quoted. */
  String quoted() {
    return PostgresNames.quoted(schema) + "." + PostgresNames.quoted(name);
  }

  /** For people: {@code schema.name}, unquoted. */
  @Override
  public String toString() {
    return schema + "." + name;
  }
}
