package nl.veer.connectors.event;

/**
 * How a column's values stand in the log, and which Java type an event carries them as. A null
 * value is always null.
 */
public enum ColumnEncoding {
  /** {@link Boolean}. */
  BOOLEAN,
  /** {@link Integer}; int2 and int4. */
  INT32,
  /** {@link Long}; int8, oid. */
  INT64,
  /** {@link Float}. */
  FLOAT32,
  /** {@link Double}. */
  FLOAT64,
  /** {@link String}, the value itself; also JSON, XML and UUIDs. */
  TEXT,
  /** {@code byte[]}, the value itself. */
  BYTES,
  /** {@link Integer}, days since 1970-01-01; infinity and -infinity are int32's extremes. */
  EPOCH_DAYS,
  /** {@link Long}, microseconds since midnight. */
  MICROS_OF_DAY,
  /**
   * {@link Long}, microseconds since 1970-01-01T00:00:00 without a time zone, as {@link
   * EpochMicros} has them; also infinity and -infinity.
   */
  EPOCH_MICROS,
  /** {@link String}, ISO-8601 with an offset, or infinity, -infinity; the instant counts. */
  ZONED_TIMESTAMP,
  /** {@link String}, the source database's own text form of the value, exact; also enum labels. */
  DATABASE_TEXT
}
