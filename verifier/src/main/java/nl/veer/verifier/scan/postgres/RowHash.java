package nl.veer.verifier.scan.postgres;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;

/**
 * The 128-bit digest of a row's text, as SQL: two lanes of 64 bits, keyed with a secret. The text
 * is that of a record of all columns, which tells NULL from '' and one column from two, and keeps
 * what the type keeps: 1.0 is not 1.00, -0 is not 0.
 *
 * <p>{@link Method#BUILT_IN} is {@code hashtextextended} under two seeds (Bob Jenkins' lookup3, of
 * which PostgreSQL's {@code hash_bytes_extended} gives 64 bits) of the bytes in the database's
 * encoding; {@link Method#SHA256} is a keyed SHA-256, cut in two, for servers whose encodings or
 * byte orders differ. A difference goes unseen if the sums of two unequal multisets of rows agree
 * modulo 2^128. For lanes that are random functions, independent of each other, that has the
 * probability 2^-128 for each comparison (add any one row's digest last: one of 2^128 values fits;
 * Carter and Wegman, 1981; Clarke et al., "Incremental Multiset Hash Functions", 2003). Rows that
 * occur an even number of times do not cancel, as they would under XOR; 2^k equal changes lose k
 * bits of it. That lookup3 is such a function is an assumption: it is made for data that nobody
 * chose against it, and its seeds are secret. Who must expect rows forged by somebody that knows
 * them takes SHA256.
 */
public final class RowHash {

  /** How a lane comes about. */
  public enum Method {
    BUILT_IN,
    SHA256
  }

  private static final int SECRET_BYTES = 32;
  private static final int LANES = 3;

  private final Method method;
  private final byte[] secret;
  private final long[] seeds = new long[LANES];

  private RowHash(Method method, byte[] secret) {
    this.method = method;
    this.secret = secret;
    ByteBuffer bytes = ByteBuffer.wrap(secret);
    for (int i = 0; i < LANES; i++) {
      seeds[i] = bytes.getLong();
    }
  }

  /** With a secret of its own that nobody knows. */
  public static RowHash random() {
    byte[] secret = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(secret);
    return new RowHash(Method.BUILT_IN, secret);
  }

  /** With a migration's secret: 32 bytes. */
  public static RowHash keyed(byte[] secret) {
    if (secret.length != SECRET_BYTES) {
      throw new IllegalArgumentException("A secret has " + SECRET_BYTES + " bytes");
    }
    return new RowHash(Method.BUILT_IN, secret.clone());
  }

  /** The same secret, by another method. */
  public RowHash by(Method other) {
    return new RowHash(other, secret);
  }

  public Method method() {
    return method;
  }

  /** For people. */
  public String name() {
    return method == Method.BUILT_IN ? "hashtextextended, two seeds" : "sha256, keyed";
  }

  /**
   * A SELECT with the columns h1 and h2 and those given. The text is made once for each row: OFFSET
   * keeps PostgreSQL from putting its expression into both lanes.
   *
   * @param text SQL of the row's text
   * @param more further columns, each with a comma before it
   * @param from what follows FROM
   */
  String digests(String text, String more, String moreNames, String from) {
    if (method == Method.BUILT_IN) {
      return "SELECT %s AS h1, %s AS h2%s FROM (SELECT %s AS x%s FROM %s OFFSET 0) AS q"
          .formatted(lane(0), lane(1), moreNames, text, more, from);
    }
    return ("SELECT %s AS h1, %s AS h2%s FROM (SELECT pg_catalog.sha256('\\x%s'::bytea ||"
            + " pg_catalog.convert_to(%s, 'UTF8')) AS x%s FROM %s OFFSET 0) AS q")
        .formatted(half(1), half(9), moreNames, hex(), text, more, from);
  }

  /** SQL of the number of a text's bucket, from 0; buckets are a power of two. */
  String bucket(String text, int buckets) {
    String number =
        method == Method.BUILT_IN
            ? "pg_catalog.hashtextextended(%s COLLATE \"C\", %d)".formatted(text, seeds[2])
            : bits(
                "pg_catalog.substr(pg_catalog.sha256('\\x%s'::bytea || pg_catalog.convert_to(%s,"
                        .formatted(hex(), text)
                    + " 'UTF8')), 17, 8)");
    return "(%s & %d)".formatted(number, buckets - 1);
  }

  /** SQL of a known text's digest, by which two servers show that they agree. */
  String probe(String literal) {
    return digests(literal, "", "", "(VALUES (1)) AS v(one)");
  }

  private String lane(int index) {
    return "pg_catalog.hashtextextended(x COLLATE \"C\", %d)".formatted(seeds[index]);
  }

  private static String half(int from) {
    return bits("pg_catalog.substr(x, " + from + ", 8)");
  }

  private static String bits(String bytes) {
    return "('x' || pg_catalog.encode(%s, 'hex'))::bit(64)::bigint".formatted(bytes);
  }

  private String hex() {
    return HexFormat.of().formatHex(secret);
  }

  /** Never the secret. */
  @Override
  public String toString() {
    return "RowHash " + method.name().toLowerCase(Locale.ROOT);
  }
}
