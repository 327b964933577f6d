package nl.veer.connectors.event;

import java.util.Locale;

/**
 * PostgreSQL: the end of a transaction's commit record in the WAL, an unsigned 64-bit byte offset.
 * Its text is PostgreSQL's own, {@code 16/B374D848}.
 */
public record LsnPosition(long lsn) implements Position {

  public static LsnPosition parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 1) {
      throw new IllegalArgumentException("Not a log sequence number: " + text);
    }
    long high = Long.parseUnsignedLong(text.substring(0, slash), 16);
    long low = Long.parseUnsignedLong(text.substring(slash + 1), 16);
    return new LsnPosition(high << 32 | low);
  }

  @Override
  public String text() {
    return String.format(Locale.ROOT, "%X/%X", lsn >>> 32, lsn & 0xFFFF_FFFFL);
  }

  @Override
  public int compareTo(Position other) {
    return Long.compareUnsigned(lsn, ((LsnPosition) other).lsn);
  }

  @Override
  public String toString() {
    return text();
  }
}
