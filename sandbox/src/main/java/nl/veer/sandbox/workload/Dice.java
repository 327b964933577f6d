package nl.veer.sandbox.workload;

import java.math.BigDecimal;
import java.util.SplittableRandom;
import java.util.UUID;

/** The chances of one transaction: a function of the seed, its ticket and the attempt. */
final class Dice {
  private static final long SPREAD = 0x9E3779B97F4A7C15L;
  private static final String[] ODD_TEXTS = {
    "",
    "NULL",
    "\\N",
    "null",
    " ends with blanks  ",
    "a\tb\nc\r\n",
    "'; DROP TABLE x; --",
    "{}",
    "\"quoted\"",
    "__debezium_unavailable_value",
    "Ĳsselmeer €",
    "𝄞 🛳️",
    "\\x00",
    "%s ${x} ?"
  };

  private final SplittableRandom random;

  Dice(long seed, long ticket, int attempt) {
    this.random = new SplittableRandom((seed * SPREAD + ticket) * SPREAD + attempt);
  }

  /** From 0 to sides - 1. */
  int number(int sides) {
    return random.nextInt(sides);
  }

  /** From 0 to 1: a place in a table's key range. */
  double place() {
    return random.nextDouble();
  }

  boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  BigDecimal money() {
    return BigDecimal.valueOf(random.nextInt(1_000_000), 2);
  }

  UUID uuid() {
    return new UUID(random.nextLong(), random.nextLong());
  }

  long unique() {
    return random.nextLong() & Long.MAX_VALUE;
  }

  /** Mostly plain, now and then a text that somebody's quoting trips over. */
  String text() {
    return chance(20) ? ODD_TEXTS[number(ODD_TEXTS.length)] : "text " + number(1_000_000);
  }

  /** Printable noise that does not compress. */
  String noise(int length) {
    StringBuilder noise = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      noise.append((char) (' ' + 1 + random.nextInt(94)));
    }
    return noise.toString();
  }

  byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
