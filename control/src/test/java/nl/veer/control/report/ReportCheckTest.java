package nl.veer.control.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import nl.veer.control.report.ReportCheck.Invalid;
import nl.veer.control.report.ReportCheck.Valid;
import org.junit.jupiter.api.Test;

/** A report that was changed anywhere is not valid. */
class ReportCheckTest {
  /** All bytes in the long form; otherwise that many of them. */
  private static final int SAMPLE = 100;

  private final ReportKey key = ReportKey.random();
  private final ReportFiles files = new ReportFiles(Samples.shop(), key);
  private final Random random = new Random(11);

  @Test
  void bothFormsAreValidAndSayWhatTheyAre() {
    for (String text : new String[] {files.json(), files.page()}) {
      assertThat(ReportCheck.check(bytes(text), key.shown()))
          .isEqualTo(
              new Valid(
                  PublicKeys.fingerprint(key.shown()),
                  true,
                  "shop",
                  "2026-11-29T18:04:12.551202Z",
                  "EQUAL",
                  "c0ffee".repeat(10) + "c0ff"));
    }
  }

  @Test
  void withoutAKeyItIsSaidThatTheSignerIsNotKnown() {
    assertThat(ReportCheck.check(bytes(files.page()), null))
        .isInstanceOfSatisfying(Valid.class, valid -> assertThat(valid.known()).isFalse());
  }

  @Test
  void whatAnotherKeyHasSignedIsNotValid() {
    ReportKey other = ReportKey.random();
    ReportFiles forged = new ReportFiles(Samples.shop(), other);

    for (String text : new String[] {forged.json(), forged.page()}) {
      assertThat(ReportCheck.check(bytes(text), key.shown()))
          .isInstanceOfSatisfying(
              Invalid.class, invalid -> assertThat(invalid.why()).contains("another key"));
    }
  }

  @Test
  void everyFlippedByteOfTheJsonIsFound() {
    everyFlippedByteIsFound(bytes(files.json()));
  }

  @Test
  void everyFlippedByteOfThePageIsFound() {
    everyFlippedByteIsFound(bytes(files.page()));
  }

  private void everyFlippedByteIsFound(byte[] file) {
    boolean all = System.getProperty("soak") != null;
    for (int i = 0; i < (all ? file.length : SAMPLE); i++) {
      int at = all ? i : random.nextInt(file.length);
      byte[] changed = file.clone();
      changed[at] ^= (byte) (1 << random.nextInt(8));
      assertThat(ReportCheck.check(changed, null)).as("byte %d", at).isInstanceOf(Invalid.class);
    }
  }

  @Test
  void theFirstAndLastBytesMatterToo() {
    for (byte[] file : new byte[][] {bytes(files.json()), bytes(files.page())}) {
      for (int at = 0; at < 120; at++) {
        for (int i : new int[] {at, file.length - 1 - at}) {
          byte[] changed = file.clone();
          changed[i] ^= 1;
          assertThat(ReportCheck.check(changed, null)).as("byte %d", i).isInstanceOf(Invalid.class);
        }
      }
    }
  }

  @Test
  void nothingCanBeAddedOrTakenAway() {
    for (byte[] file : new byte[][] {bytes(files.json()), bytes(files.page())}) {
      for (int i = 0; i < 30; i++) {
        int at = i == 0 ? file.length : random.nextInt(file.length);
        byte[] longer = new byte[file.length + 1];
        System.arraycopy(file, 0, longer, 0, at);
        longer[at] = (byte) " \n0x".charAt(random.nextInt(4));
        System.arraycopy(file, at, longer, at + 1, file.length - at);
        assertThat(ReportCheck.check(longer, null)).isInstanceOf(Invalid.class);
        assertThat(ReportCheck.check(Arrays.copyOf(file, at == file.length ? at - 1 : at), null))
            .isInstanceOf(Invalid.class);
      }
    }
  }

  @Test
  void aPageThatShowsSomethingElseThanItHoldsIsNotValid() {
    String page = files.page().replaceFirst("<p class=\"word\">EQUAL</p>", "<p>DIFFERENT</p>");
    assertThat(page).isNotEqualTo(files.page());

    assertThat(ReportCheck.check(bytes(page), key.shown()))
        .isEqualTo(new Invalid("The page was changed. The report inside it is as it was signed."));
  }

  @Test
  void whatIsNoReportIsNotValid() {
    for (String text : new String[] {"", "{", "{}", "<html></html>", "{\"report\":\n{}\n"}) {
      assertThat(ReportCheck.check(bytes(text), null)).isInstanceOf(Invalid.class);
    }
  }

  @Test
  void whatIsWrittenIsJsonAsAWhole() throws Exception {
    assertThat(new ObjectMapper().readTree(files.json()).path("report").path("verdict").asText())
        .isEqualTo("EQUAL");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
