package nl.veer.browser;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.LongStream;
import nl.veer.control.audit.AuditLine;

/** A shop's audit log: a load, a rehearsal, and a look at the gate every ten minutes since. */
final class ShopAudit {
  private static final int REHEARSAL = 60;
  private static final long MINUTES = 10;

  private ShopAudit() {}

  /**
   * @param count how many entries there are
   */
  static List<AuditLine> entries(long count, long before, int limit) {
    long last = Math.min(count, before - 1);
    return LongStream.range(0, limit)
        .map(back -> last - back)
        .filter(number -> number > 0)
        .mapToObj(number -> entry(number, count))
        .toList();
  }

  private static AuditLine entry(long number, long count) {
    String what = number == 1 ? "veer load" : number == REHEARSAL ? "veer rehearse" : "veer gate";
    String result =
        number == 1 ? "asked for" : number == REHEARSAL ? "REHEARSED, outage 702 ms" : "open";
    return new AuditLine(
        number,
        Instant.now().minusSeconds((count - number) * MINUTES * 60).toString(),
        "veer",
        "10.0.0.7",
        "ops@ferry process 411",
        Shop.WAVE,
        what,
        result,
        hash(number));
  }

  static String hash(long number) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256")
                  .digest(("entry " + number).getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
