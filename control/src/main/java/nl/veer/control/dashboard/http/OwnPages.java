package nl.veer.control.dashboard.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.util.HostPort;

/**
 * Tells requests of this server's own pages from those that a page from elsewhere has a browser
 * send along with our cookie (CSRF). Pure.
 */
final class OwnPages {
  /** No page from elsewhere can read the value, nor send a header of this name unasked. */
  static final String CSRF = "X-Veer-Csrf";

  private OwnPages() {}

  /**
   * What is changed, is changed by our own pages only: by origin, and by what only they know.
   *
   * @throws Denied if it is not so
   */
  static void require(HttpFields headers, Visitor visitor) {
    requireOrigin(headers);
    String wanted = visitor.csrf();
    if (wanted == null) {
      return;
    }
    String given = headers.get(CSRF);
    if (given == null || !MessageDigest.isEqual(bytes(wanted), bytes(given))) {
      throw new Denied(
          403,
          "CSRF",
          "The header %s must hold what /api/v1/session tells as csrf. Load the page again."
              .formatted(CSRF));
    }
  }

  /**
   * A browser says where a request comes from; others do not.
   *
   * @throws Denied if it is from elsewhere
   */
  static void requireOrigin(HttpFields headers) {
    String origin = headers.get(HttpHeader.ORIGIN);
    String site = headers.get("Sec-Fetch-Site");
    boolean foreignSite = site != null && !site.equals("same-origin") && !site.equals("none");
    if (foreignSite || (origin != null && !isOwn(origin, headers))) {
      throw new Denied(403, "ORIGIN", "A page from elsewhere may not send this.");
    }
  }

  private static boolean isOwn(String origin, HttpFields headers) {
    String host = headers.get(HttpHeader.HOST);
    int scheme = origin.indexOf("://");
    if (host == null || scheme < 0) {
      return false;
    }
    try {
      HostPort from = new HostPort(origin.substring(scheme + 3));
      HostPort here = new HostPort(host);
      int usual = origin.startsWith("https") ? 443 : 80;
      return from.getHost().equalsIgnoreCase(here.getHost())
          && from.getPort(usual) == here.getPort(usual);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
