package nl.veer.control.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import nl.veer.connectors.failure.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportKeyTest {
  /** RFC 8032, 7.1, test 2, in PKCS #8 as openssl writes it. */
  private static final String RFC_KEY =
      "302e020100300506032b6570042204204ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb";

  private static final String RFC_SHOWN =
      "302a300506032b65700321003d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c";

  private static final String RFC_SIGNATURE =
      "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
          + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00";

  @TempDir private Path directory;

  @Test
  void isMadeOnceForItsOwnerOnly() throws Exception {
    Path file = directory.resolve("data/report-key.pem");

    ReportKey made = ReportKey.in(file);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(file).content().startsWith("-----BEGIN PRIVATE KEY-----\n");
    Path shown = directory.resolve("data/report-key.pub.pem");
    assertThat(shown).content().startsWith("-----BEGIN PUBLIC KEY-----\n");
    assertThat(PublicKeys.in(shown)).isEqualTo(made.shown());
    assertThat(ReportKey.in(file).shown()).isEqualTo(made.shown());
    assertThat(Files.list(directory.resolve("data"))).hasSize(2);
    byte[] text = {1, 2, 3};
    assertThat(PublicKeys.verify(made.shown(), text, ReportKey.in(file).sign(text))).isTrue();
  }

  @Test
  void aKeyOfOthersMakingIsRead() throws Exception {
    Path file = directory.resolve("rfc.pem");
    Files.writeString(file, PublicKeys.pem("PRIVATE KEY", HexFormat.of().parseHex(RFC_KEY)));

    ReportKey key = ReportKey.in(file);

    assertThat(HexFormat.of().formatHex(key.shown().getEncoded())).isEqualTo(RFC_SHOWN);
    assertThat(HexFormat.of().formatHex(key.sign(new byte[] {0x72}))).isEqualTo(RFC_SIGNATURE);
    assertThat(key.toString()).isEqualTo("***");
  }

  @Test
  void whatIsNoKeyIsRefusedWithoutItsWords() throws Exception {
    Path file = directory.resolve("bad.pem");
    for (String text :
        new String[] {
          "",
          "SENTINEL",
          "-----BEGIN PRIVATE KEY-----\nSENTINEL\n-----END PRIVATE KEY-----\n",
          "-----BEGIN EC PRIVATE KEY-----\nMA==\n-----END EC PRIVATE KEY-----\n"
        }) {
      Files.writeString(file, text, StandardCharsets.US_ASCII);
      assertThatThrownBy(() -> ReportKey.in(file))
          .isInstanceOfSatisfying(
              Failure.class, failure -> assertThat(failure.code()).isEqualTo("REPORT_KEY"))
          .hasMessageNotContaining("SENTINEL")
          .hasNoCause();
      assertThatThrownBy(() -> PublicKeys.in(file)).isInstanceOf(Failure.class);
    }
  }
}
