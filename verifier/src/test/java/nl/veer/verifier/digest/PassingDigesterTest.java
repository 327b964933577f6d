package nl.veer.verifier.digest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PassingDigesterTest {

  /** From OpenSSL's SIPHASH of 16 bytes: key 0, 1 … 15, inputs 0, 1, 2 …. */
  @ParameterizedTest
  @CsvSource({
    "0, A3817F04BA25A8E66DF67214C7550293",
    "1, DA87C1D86B99AF44347659119B22FC45",
    "7, A1F1EBBED8DBC153C0B84AA61FF08239",
    "8, 3B62A9BA6258F5610F83E264F31497B4",
    "15, 5493E99933B0A8117E08EC0F97CFC3D9",
    "33, 77C6077146F01C32B6B69D5F4EA9FFCF"
  })
  void isSipHashWith128Bits(int length, String expected) {
    long[] halves = new long[2];
    new PassingDigester(DigestKey.of(counted(DigestKey.BYTES)))
        .digest(counted(length), length, halves, 0);
    assertThat(littleEndian(halves[0]) + littleEndian(halves[1])).isEqualTo(expected);
  }

  private static byte[] counted(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) i;
    }
    return bytes;
  }

  private static String littleEndian(long half) {
    return String.format(Locale.ROOT, "%016X", Long.reverseBytes(half));
  }

  @Test
  void onlyTheGivenLengthCounts() {
    PassingDigester digester = new PassingDigester(DigestKey.random());
    long[] halves = new long[5];
    digester.digest(new byte[] {1, 2, 9}, 2, halves, 1);
    digester.digest(new byte[] {1, 2}, 2, halves, 3);
    assertThat(halves[1]).isEqualTo(halves[3]);
    assertThat(halves[2]).isEqualTo(halves[4]);
  }

  @Test
  void anotherKeyGivesAnotherDigest() {
    long[] halves = new long[4];
    new PassingDigester(DigestKey.random()).digest(new byte[3], 3, halves, 0);
    new PassingDigester(DigestKey.random()).digest(new byte[3], 3, halves, 2);
    assertThat(halves[0]).isNotEqualTo(halves[2]);
    assertThat(halves[1]).isNotEqualTo(halves[3]);
  }
}
