package nl.veer.verifier.digest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.apache.commons.codec.digest.Blake3;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DigestTest {
  private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(128);

  /** From BLAKE3's test_vectors.json: the key, inputs of 0, 1, 2 … 250, 0, 1 …, keyed_hash. */
  @ParameterizedTest
  @CsvSource({
    "0, 92b2b75604ed3c761f9d6f62392c8a92",
    "1, 6d7878dfff2f485635d39013278ae14f",
    "1024, 75c46f6f3d9eb4f55ecaaee480db732e"
  })
  void isBlake3InItsKeyedMode(int length, String expected) {
    byte[] key = "whats the Elvish word for friend".getBytes(StandardCharsets.US_ASCII);
    byte[] input = new byte[length];
    for (int i = 0; i < length; i++) {
      input[i] = (byte) (i % 251);
    }
    assertThat(new KeyedDigester(DigestKey.of(key)).digest(input, length).text())
        .isEqualTo(expected);
  }

  /** Of every length up to some chunks, and of trees that are not full. */
  @Test
  void isWhatAnotherImplementationReckons() {
    Random random = new Random(1602);
    byte[] secret = new byte[DigestKey.BYTES];
    random.nextBytes(secret);
    KeyedDigester digester = new KeyedDigester(DigestKey.of(secret));
    Blake3 other = Blake3.initKeyedHash(secret);
    byte[] input = new byte[70_000];
    random.nextBytes(input);
    for (int length = 0; length < input.length; length += length < 3_200 ? 1 : 511) {
      byte[] expected = new byte[2 * Long.BYTES];
      other.reset().update(input, 0, length).doFinalize(expected);
      assertThat(digester.digest(input, length).text())
          .as("%d bytes", length)
          .isEqualTo(HexFormat.of().formatHex(expected));
    }
  }

  @Test
  void anotherKeyGivesAnotherDigest() {
    byte[] input = {1, 2, 3};
    Digest128 one = new KeyedDigester(DigestKey.random()).digest(input, 3);
    assertThat(new KeyedDigester(DigestKey.random()).digest(input, 3)).isNotEqualTo(one);
  }

  @Test
  void onlyTheGivenLengthCounts() {
    KeyedDigester digester = new KeyedDigester(DigestKey.random());
    long[] halves = new long[3];
    digester.digest(new byte[] {1, 2, 9}, 2, halves, 1);
    assertThat(digester.digest(new byte[] {1, 2}, 2))
        .isEqualTo(new Digest128(halves[1], halves[2]));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void addsModulo128Bits(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 5_000; i++) {
      Digest128 a = edge(random);
      Digest128 b = edge(random);
      assertThat(number(a.plus(b))).isEqualTo(number(a).add(number(b)).mod(MODULUS));
      assertThat(number(a.minus(b))).isEqualTo(number(a).subtract(number(b)).mod(MODULUS));
      assertThat(Digest128.parse(a.text())).isEqualTo(a);
    }
  }

  private static Digest128 edge(Random random) {
    long[] edges = {0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE, random.nextLong()};
    return new Digest128(edges[random.nextInt(6)], edges[random.nextInt(6)]);
  }

  private static BigInteger number(Digest128 digest) {
    return new BigInteger(digest.text(), 16);
  }

  @Test
  void aSumIsOfTheMultisetAndNotOfItsOrder() {
    Random random = new Random(7);
    List<Digest128> digests = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      digests.add(new Digest128(random.nextLong(), random.nextLong()));
    }
    DigestSum sum = sum(digests);
    Collections.shuffle(digests, random);
    assertThat(sum(digests)).isEqualTo(sum);
    DigestSum half = sum(digests.subList(0, 400));
    assertThat(half.plus(sum(digests.subList(400, 1000)))).isEqualTo(sum);
    assertThat(sum.minus(half)).isEqualTo(sum(digests.subList(400, 1000)));
    assertThat(sum.minus(digests.get(0)).plus(digests.get(0))).isEqualTo(sum);
  }

  /** XOR would not see it. */
  @Test
  void anEvenNumberOfEqualChangesDoesNotCancel() {
    Digest128 before = new Digest128(5, 6);
    Digest128 after = new Digest128(7, 8);
    assertThat(sum(List.of(before, before))).isNotEqualTo(sum(List.of(after, after)));
    assertThat(sum(List.of(before, before))).isNotEqualTo(DigestSum.EMPTY);
  }

  private static DigestSum sum(List<Digest128> digests) {
    DigestSum sum = DigestSum.EMPTY;
    for (Digest128 digest : digests) {
      sum = sum.plus(digest);
    }
    return sum;
  }

  @Test
  void aKeyShowsNothing() {
    assertThat(DigestKey.random()).hasToString("***");
    assertThatThrownBy(() -> DigestKey.of(new byte[31]))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
