package nl.veer.connectors.event;

/**
 * A timestamp without a time zone as microseconds since 1970-01-01T00:00:00, of {@link
 * ColumnEncoding#EPOCH_MICROS}. PostgreSQL counts from 2000, so its last thirty years (from
 * 294247-01-10) do not fit into a signed 64-bit number that counts from 1970. They stand 3·2^62
 * lower, where nothing else is: PostgreSQL's first timestamp is in 4714 BC, about -2^57. What
 * stands there is no time that PostgreSQL has, so no reader can mistake it for another.
 */
public record EpochMicros(long seconds, int micros) {
  /** As PgJDBC has it, in its milliseconds. */
  public static final long INFINITY = 9223372036825200000L;

  public static final long NEGATIVE_INFINITY = -9223372036832400000L;

  private static final long PER_SECOND = 1_000_000;

  /** Of the microsecond behind the last that a signed 64-bit number counts, 2^63. */
  private static final long FAR_SECONDS = 9_223_372_036_854L;

  private static final long FAR_MICROS = 775_808;

  /** Where 2^63 stands, having moved. */
  private static final long MOVED = -1L << 62;

  /** A day on this side of 2^63 stands on the other, so that infinity's number is nothing else. */
  private static final long DAY = 86_400;

  /** Nothing is further than this: a thousand years. */
  private static final long ROOM = 1000 * 366 * DAY;

  /**
   * As the log has it.
   *
   * @param seconds since 1970-01-01T00:00:00
   * @param micros of the second
   * @throws ArithmeticException if PostgreSQL has no such timestamp
   */
  public static long of(long seconds, long micros) {
    long far = seconds - FAR_SECONDS;
    if (far < -DAY) {
      long near = Math.addExact(Math.multiplyExact(seconds, PER_SECOND), micros);
      if (near < MOVED / 2) {
        throw new ArithmeticException("before any timestamp");
      }
      return near;
    }
    if (far > ROOM) {
      throw new ArithmeticException("after any timestamp");
    }
    return MOVED + far * PER_SECOND + micros - FAR_MICROS;
  }

  /** Reads a number of the log that is not infinite. */
  public static EpochMicros read(long value) {
    if (value >= MOVED / 2) {
      return new EpochMicros(
          Math.floorDiv(value, PER_SECOND), (int) Math.floorMod(value, PER_SECOND));
    }
    long micros = value - MOVED + FAR_MICROS;
    return new EpochMicros(
        FAR_SECONDS + Math.floorDiv(micros, PER_SECOND), (int) Math.floorMod(micros, PER_SECOND));
  }
}
