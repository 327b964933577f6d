package nl.veer.control.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One page that needs nothing else, whatever a table is called. */
class ReportPageTest {
  private final ReportKey key = ReportKey.random();

  @Test
  void asksForNothingAndRunsNothing() {
    String page = page(Samples.shop());

    assertThat(page)
        .startsWith("<!DOCTYPE html>")
        .doesNotContainIgnoringCase("<script")
        .doesNotContainIgnoringCase("<link")
        .doesNotContainIgnoringCase("<img")
        .doesNotContainIgnoringCase(" src=")
        .doesNotContainIgnoringCase(" href=")
        .doesNotContainIgnoringCase("url(")
        .doesNotContainIgnoringCase("@import")
        .doesNotContain("http://", "https://");
  }

  @Test
  void saysTheBoundsOfItsStatement() {
    assertThat(page(Samples.shop()))
        .contains(
            "0/5D1A9F20",
            "0/9920B1C8",
            "1,204,331",
            "excluded by &#39;public.sess*&#39; of wave main",
            "rounded to 2 decimals",
            "FOREIGN_WRITER",
            "4 rows were changing, and then equal",
            "OPENED",
            "No predicate of the gate was waived.",
            "c0ffeec0ffee");
  }

  @Test
  void aScanThatWasStoppedBeforeItSawAnythingHasNoPlace() {
    assertThat(page(Samples.of("UNKNOWN", "public.t"))).doesNotContain("null to", ">null<");
  }

  @ParameterizedTest
  @ValueSource(strings = {"EQUAL", "DIFFERENT", "UNKNOWN"})
  void theVerdictHasItsOwnColour(String verdict) {
    String colour =
        verdict.equals("EQUAL") ? "equal" : verdict.equals("DIFFERENT") ? "different" : "unknown";

    assertThat(page(Samples.of(verdict, "public.t")))
        .contains(
            "<div class=\"statement %s\">\n<p class=\"word\">%s</p>".formatted(colour, verdict));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<script>alert(1)</script>",
        "</pre><script>alert(1)</script>",
        "\" onload=\"alert(1)",
        "' onload='alert(1)",
        "<!-- ",
        "--><script>alert(1)</script><!--",
        "<pre id=\"veer-signed-report\">\n",
        "<!-- veer page signature: AAAA -->\n",
        "&lt;script&gt;",
        "\u202etxt.elbat\u0000\u001b[2J"
      })
  void aNameIsShownAndNothingMore(String name) {
    ReportDocument hostile = Samples.of("EQUAL", name);
    ReportFiles files = new ReportFiles(hostile, key);
    String page = files.page();

    assertThat(page).doesNotContain("<script").doesNotContain("\u0000", "\u001b", "\u202e");
    assertThat(page.split("<pre", -1)).hasSize(2);
    assertThat(page.split("<!--", -1)).hasSize(2);
    assertThat(page.replaceAll("<[^<>]*>", "")).doesNotContain("<", ">");
    for (String text : List.of(page, files.json())) {
      assertThat(ReportCheck.check(text.getBytes(StandardCharsets.UTF_8), key.shown()))
          .isInstanceOf(ReportCheck.Valid.class);
    }
  }

  private String page(ReportDocument document) {
    return new ReportFiles(document, key).page();
  }
}
