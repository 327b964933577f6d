package nl.veer.control.report;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A document's bytes with their signature, in the form in which they are kept:
 *
 * <pre>
 *   {"report":
 *   DOCUMENT
 *   ,"signature":{"algorithm":"Ed25519","publicKey":"BASE64","value":"BASE64"}}
 * </pre>
 *
 * with a line feed at each line's end. It is JSON as a whole, and what is signed is exactly the
 * bytes of DOCUMENT. A page holds this text as it is, and is signed as a whole too, by a last line
 *
 * <pre>
 *   &lt;!-- veer page signature: BASE64 --&gt;
 * </pre>
 *
 * over {@code "veer report page 1\n"} and all bytes before that line: otherwise what a reader sees
 * could be changed, and the JSON behind it not.
 */
final class SignedReport {
  private static final String HEAD = "{\"report\":\n";
  private static final Pattern TAIL =
      Pattern.compile(
          "\n,\"signature\":\\{\"algorithm\":\"Ed25519\",\"publicKey\":\"([A-Za-z0-9+/=]+)\","
              + "\"value\":\"([A-Za-z0-9+/=]+)\"}}\n$");
  private static final Pattern PAGE_TAIL =
      Pattern.compile("<!-- veer page signature: ([A-Za-z0-9+/=]+) -->\n$");
  private static final byte[] PAGE = "veer report page 1\n".getBytes(StandardCharsets.US_ASCII);

  /** Where a page holds the signed text; nothing else in it can begin like this. */
  static final String PAGE_BEGIN = "<pre id=\"veer-signed-report\">\n";

  static final String PAGE_END = "</pre>";

  private final byte[] document;
  private final byte[] signature;
  private final PublicKey key;

  private SignedReport(byte[] document, byte[] signature, PublicKey key) {
    this.document = document;
    this.signature = signature;
    this.key = key;
  }

  static SignedReport of(byte[] document, ReportKey key) {
    return new SignedReport(document, key.sign(document), key.shown());
  }

  /** The signed text. */
  String text() {
    return HEAD
        + new String(document, StandardCharsets.UTF_8)
        + "\n,\"signature\":{\"algorithm\":\"Ed25519\",\"publicKey\":\"%s\",\"value\":\"%s\"}}\n"
            .formatted(base64(key.getEncoded()), base64(signature));
  }

  /**
   * Reads the signed text; empty if it is none. What comes out has the same text again, byte for
   * byte.
   */
  static Optional<SignedReport> parse(byte[] text) {
    String bytes = new String(text, StandardCharsets.ISO_8859_1);
    Matcher tail = TAIL.matcher(bytes);
    if (!bytes.startsWith(HEAD) || !tail.find() || tail.start() < HEAD.length()) {
      return Optional.empty();
    }
    try {
      SignedReport report =
          new SignedReport(
              Arrays.copyOfRange(text, HEAD.length(), tail.start()),
              Base64.getDecoder().decode(tail.group(2)),
              PublicKeys.of(Base64.getDecoder().decode(tail.group(1))));
      boolean same = Arrays.equals(report.text().getBytes(StandardCharsets.UTF_8), text);
      return same ? Optional.of(report) : Optional.empty();
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The page with its last line. */
  static String page(String page, ReportKey key) {
    return page + "<!-- veer page signature: " + base64(key.sign(signedPage(page))) + " -->\n";
  }

  /** A page as it was read. */
  record Page(byte[] text, byte[] signed, byte[] signature) {}

  /** Empty if it is no page of a report. */
  static Optional<Page> parsePage(byte[] file) {
    String bytes = new String(file, StandardCharsets.ISO_8859_1);
    Matcher tail = PAGE_TAIL.matcher(bytes);
    int begin = bytes.indexOf(PAGE_BEGIN);
    int end = bytes.indexOf(PAGE_END, Math.max(0, begin));
    if (begin < 0 || end < 0 || !tail.find() || tail.start() < end) {
      return Optional.empty();
    }
    try {
      byte[] signature = Base64.getDecoder().decode(tail.group(1));
      if (!base64(signature).equals(tail.group(1))) {
        return Optional.empty();
      }
      byte[] page = Arrays.copyOf(file, tail.start());
      return Optional.of(
          new Page(
              Arrays.copyOfRange(file, begin + PAGE_BEGIN.length(), end),
              concat(PAGE, page),
              signature));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static byte[] signedPage(String page) {
    return concat(PAGE, page.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] concat(byte[] one, byte[] other) {
    byte[] both = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, both, one.length, other.length);
    return both;
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  boolean isSignedBy(PublicKey signer) {
    return PublicKeys.verify(signer, document, signature);
  }

  byte[] document() {
    return document.clone();
  }

  /** The key that stands in it: who signed says so, and it may be anybody's. */
  PublicKey key() {
    return key;
  }
}
