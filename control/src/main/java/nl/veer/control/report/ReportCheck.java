package nl.veer.control.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.security.PublicKey;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether a report is as it was signed; needs no database and no configuration. */
public final class ReportCheck {
  /** A report is JSON or a page; which of the two, its first byte says. */
  private static final byte JSON = '{';

  private ReportCheck() {}

  /** The answer. */
  public sealed interface Outcome {}

  /**
   * Not one byte was changed since this key signed.
   *
   * @param fingerprint of the key
   * @param known whether that is the key that was asked for; otherwise it is just the one that
   *     stands in the file
   * @param head the audit log's; null if it had no entry
   */
  public record Valid(
      String fingerprint,
      boolean known,
      String migration,
      String madeAt,
      String verdict,
      @Nullable String head)
      implements Outcome {}

  /** It is not what was signed, or somebody else has signed it. */
  public record Invalid(String why) implements Outcome {}

  /**
   * @param key of whoever should have signed; null if it is not known
   */
  public static Outcome check(byte[] file, @Nullable PublicKey key) {
    byte[] text = file;
    SignedReport.Page page = null;
    if (file.length == 0 || file[0] != JSON) {
      Optional<SignedReport.Page> read = SignedReport.parsePage(file);
      if (read.isEmpty()) {
        return new Invalid("It is no report of Veer, or its beginning or end was changed.");
      }
      page = read.get();
      text = page.text();
    }
    Optional<SignedReport> report = SignedReport.parse(text);
    if (report.isEmpty()) {
      return new Invalid("It holds no signed report of Veer, or what frames it was changed.");
    }
    return check(report.get(), page, key);
  }

  private static Outcome check(
      SignedReport report, SignedReport.@Nullable Page page, @Nullable PublicKey key) {
    PublicKey inside = report.key();
    if (key != null && !inside.equals(key)) {
      return new Invalid(
          "It names another key: %s, not %s."
              .formatted(PublicKeys.fingerprint(inside), PublicKeys.fingerprint(key)));
    }
    if (!report.isSignedBy(inside)) {
      return new Invalid(
          "The signature does not fit: the report, the signature or the key was changed.");
    }
    if (page != null && !PublicKeys.verify(inside, page.signed(), page.signature())) {
      return new Invalid("The page was changed. The report inside it is as it was signed.");
    }
    return described(report, key != null);
  }

  private static Outcome described(SignedReport report, boolean known) {
    try {
      JsonNode document = new ObjectMapper().readTree(report.document());
      JsonNode head = document.path("audit").path("head");
      return new Valid(
          PublicKeys.fingerprint(report.key()),
          known,
          document.path("migration").asText(),
          document.path("madeAt").asText(),
          document.path("verdict").asText(),
          head.isTextual() ? head.asText() : null);
    } catch (IOException e) {
      return new Invalid("What was signed is no JSON.");
    }
  }
}
