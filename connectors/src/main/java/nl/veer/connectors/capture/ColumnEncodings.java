package nl.veer.connectors.capture;

import nl.veer.connectors.event.ColumnEncoding;

/**
 * How a PostgreSQL type stands in the log. What is not listed here travels as the database's own
 * text.
 */
final class ColumnEncodings {

  private ColumnEncodings() {}

  /**
   * @param oid of the type, from PostgreSQL's pg_type.dat, where they are fixed for good; of a
   *     domain that of its base type
   */
  static ColumnEncoding ofType(int oid) {
    return switch (oid) {
      case 16 -> ColumnEncoding.BOOLEAN;
      // int2, int4
      case 21, 23 -> ColumnEncoding.INT32;
      // int8, oid
      case 20, 26 -> ColumnEncoding.INT64;
      case 700 -> ColumnEncoding.FLOAT32;
      case 701 -> ColumnEncoding.FLOAT64;
      // "char", text, bpchar, varchar; json, xml, uuid, jsonb
      case 18, 25, 1042, 1043, 114, 142, 2950, 3802 -> ColumnEncoding.TEXT;
      case 17 -> ColumnEncoding.BYTES;
      case 1082 -> ColumnEncoding.EPOCH_DAYS;
      case 1083 -> ColumnEncoding.MICROS_OF_DAY;
      case 1114 -> ColumnEncoding.EPOCH_MICROS;
      case 1184 -> ColumnEncoding.ZONED_TIMESTAMP;
      default -> ColumnEncoding.DATABASE_TEXT;
    };
  }
}
