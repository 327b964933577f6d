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
  /** {@link String}, the value itself; also JSON, XML, UUIDs and enum labels. */
  TEXT,
  /** {@code byte[]}, the value itself. */
  BYTES,
  /** {@link Integer}, days since 1970-01-01. */
  EPOCH_DAYS,
  /** {@link Long}, microseconds since midnight. */
  MICROS_OF_DAY,
  /** {@link Long}, microseconds since 1970-01-01T00:00:00 without a time zone. */
  EPOCH_MICROS,
  /** {@link String}, ISO-8601 with an offset; the instant counts, not the offset. */
  ZONED_TIMESTAMP,
  /** {@link String}, the source database's own text form of the value, exact. */
  DATABASE_TEXT
}
