package nl.veer.verifier.digest;

import java.security.SecureRandom;

/**
 * The secret of a migration's digests, 256 bits. Who does not know it cannot make a row whose
 * digest is another's, nor guess a value from its digest. Digests of two keys do not compare.
 */
public final class DigestKey {
  static final int BYTES = 32;

  private final byte[] secret;

  private DigestKey(byte[] secret) {
    this.secret = secret;
  }

  public static DigestKey random() {
    byte[] secret = new byte[BYTES];
    new SecureRandom().nextBytes(secret);
    return new DigestKey(secret);
  }

  /**
   * A key that was kept.
   *
   * @throws IllegalArgumentException if it is not 32 bytes
   */
  public static DigestKey of(byte[] secret) {
    if (secret.length != BYTES) {
      throw new IllegalArgumentException("A key of digests has " + BYTES + " bytes");
    }
    return new DigestKey(secret.clone());
  }

  /** The secret itself, to be kept where nobody reads it. */
  public byte[] secret() {
    return secret.clone();
  }

  @Override
  public String toString() {
    return "***";
  }
}
