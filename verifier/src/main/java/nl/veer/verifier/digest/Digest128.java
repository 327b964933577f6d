package nl.veer.verifier.digest;

import java.util.Locale;

/** A number of 128 bits, unsigned; sums and differences are modulo 2^128. */
public record Digest128(long high, long low) {
  public static final Digest128 ZERO = new Digest128(0, 0);

  private static final int HEX_DIGITS = 32;

  public Digest128 plus(Digest128 other) {
    long sum = low + other.low;
    long carry = Long.compareUnsigned(sum, low) < 0 ? 1 : 0;
    return new Digest128(high + other.high + carry, sum);
  }

  public Digest128 minus(Digest128 other) {
    long borrow = Long.compareUnsigned(low, other.low) < 0 ? 1 : 0;
    return new Digest128(high - other.high - borrow, low - other.low);
  }

  /** 32 hexadecimal digits. */
  public String text() {
    return String.format(Locale.ROOT, "%016x%016x", high, low);
  }

  public static Digest128 parse(String text) {
    if (text.length() != HEX_DIGITS) {
      throw new IllegalArgumentException("Not a digest");
    }
    return new Digest128(
        Long.parseUnsignedLong(text.substring(0, HEX_DIGITS / 2), 16),
        Long.parseUnsignedLong(text.substring(HEX_DIGITS / 2), 16));
  }

  @Override
  public String toString() {
    return text();
  }
}
