package nl.veer.verifier.digest;

/**
 * A multiset of digests: how many, and their sum modulo 2^128. Added, not XORed: an even number of
 * equal changes does not cancel. Two different multisets of n keyed digests have the same count and
 * sum with a probability of about 2^-128, as long as fewer than 2^128 of one digest are added
 * (Bellare and Micciancio, "A New Paradigm for Collision-Free Hashing", 1997, AdHash: no forger who
 * does not know the key can do better than guess, which is why the digests are keyed).
 */
public record DigestSum(long count, Digest128 sum) {
  public static final DigestSum EMPTY = new DigestSum(0, Digest128.ZERO);

  public DigestSum plus(Digest128 digest) {
    return new DigestSum(count + 1, sum.plus(digest));
  }

  public DigestSum minus(Digest128 digest) {
    return new DigestSum(count - 1, sum.minus(digest));
  }

  public DigestSum plus(DigestSum other) {
    return new DigestSum(count + other.count, sum.plus(other.sum));
  }

  public DigestSum minus(DigestSum other) {
    return new DigestSum(count - other.count, sum.minus(other.sum));
  }
}
