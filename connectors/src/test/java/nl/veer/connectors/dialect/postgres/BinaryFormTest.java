package nl.veer.connectors.dialect.postgres;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The bytes are those of PostgreSQL's own {@code …send} functions. */
class BinaryFormTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          boolean                     | t                             | 01
          boolean                     | f                             | 00
          smallint                    | -32768                        | 8000
          integer                     | -1                            | ffffffff
          bigint                      | 9223372036854775807           | 7fffffffffffffff
          real                        | 1.5                           | 3fc00000
          double precision            | -0.0                          | 8000000000000000
          double precision            | 1.0E-5                        | 3ee4f8b588e368f1
          double precision            | -Infinity                     | fff0000000000000
          numeric                     | 0                             | 0000000000000000
          numeric                     | 0.00                          | 0000000000000002
          numeric                     | -0.00                         | 0000000000000002
          numeric                     | 12.3                          | 0002000000000001000c0bb8
          numeric                     | -10000                        | 00010001400000000001
          numeric                     | 0.00012345                    | 0002ffff0000000800010929
          numeric                     | 0.00000001                    | 0001fffe000000080001
          numeric                     | 123456.70                     | 000300010000000200 0c0d801b58
          numeric                     | NaN                           | 00000000c0000000
          text                        | é€                            | c3a9e282ac
          character varying           | x                             | 78
          bpchar                      | x                             | 78
          json                        | {}                            | 7b7d
          jsonb                       | {}                            | 017b7d
          bytea                       | \\x00fF                       | 00ff
          uuid                        | 00112233-4455-6677-8899-aABBccddeeff | 00112233445566778899aabbccddeeff
          date                        | 2000-01-02                    | 00000001
          date                        | 1999-12-31                    | ffffffff
          date                        | infinity                      | 7fffffff
          date                        | -infinity                     | 80000000
          time without time zone      | 00:00:01.000001               | 00000000000f4241
          timestamp without time zone | 2000-01-01 00:00:01           | 00000000000f4240
          timestamp without time zone | infinity                      | 7fffffffffffffff
          timestamp with time zone    | 1999-12-31 23:59:59.999999+00 | ffffffffffffffff
          timestamp with time zone    | -infinity                     | 8000000000000000
          """)
  void writesWhatIsPlain(String type, String text, String hex) {
    byte[] value = HexFormat.of().parseHex(hex.replace(" ", ""));
    BinaryBuffer out = new BinaryBuffer(1);
    assertThat(requireNonNull(BinaryForm.of(type)).write(text, out)).isTrue();
    BinaryBuffer expected = new BinaryBuffer(1);
    expected.putInt(value.length);
    expected.putBytes(value);
    assertThat(Arrays.copyOf(out.bytes(), out.length()))
        .isEqualTo(Arrays.copyOf(expected.bytes(), expected.length()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          boolean                     | true
          smallint                    | 32768
          integer                     | 2147483648
          integer                     | +1
          bigint                      | 9223372036854775808
          bigint                      | 99999999999999999999999
          bigint                      | -
          bigint                      | ""
          bigint                      | ٣
          real                        | 1.0E39
          real                        | 1.0E-60
          double precision            | 1.0E999
          double precision            | 1.0E-999
          double precision            | 0x1p3
          double precision            | 1.0d
          double precision            | 1-1
          double precision            | " 1"
          numeric                     | Infinity
          numeric                     | 1E5
          numeric                     | .5
          numeric                     | 5.
          numeric                     | -
          numeric                     | 1.2.3
          bytea                       | \\000
          bytea                       | \\x0
          bytea                       | \\x0g
          uuid                        | 00112233445566778899aabbccddeeff
          uuid                        | 0011223g-4455-6677-8899-aabbccddeeff
          date                        | 0044-03-15 BC
          date                        | 10000-01-01
          date                        | 0000-01-01
          date                        | 2023-02-29
          date                        | 2023-13-01
          date                        | 2023/01/01
          time without time zone      | 24:00:00
          time without time zone      | 23:59:60
          time without time zone      | 12:00:00.5
          timestamp without time zone | 2023-02-29 00:00:00
          timestamp without time zone | 2023-01-01T00:00:00
          timestamp without time zone | 2023-01-01 00:00:00 BC
          timestamp with time zone    | 2023-01-01 00:00:00
          timestamp with time zone    | 2023-01-01 00:00:00+01
          """)
  void leavesToTheServerWhatIsNot(String type, String text) {
    assertThat(requireNonNull(BinaryForm.of(type)).write(text, new BinaryBuffer(64))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"interval", "integer[]", "shop.uuid", "\"char\"", "xml", "money"})
  void hasNoFormOfOtherTypes(String type) {
    assertThat(BinaryForm.of(type)).isNull();
  }
}
