package nl.veer.control.dashboard.http;

import java.util.Map;
import org.eclipse.jetty.http.HttpFields;

/** What every reply carries, so that a browser lets no other page near it. */
final class SafeHeaders {
  private static final Map<String, String> HEADERS =
      Map.of(
          "Content-Security-Policy",
          "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none';"
              + " object-src 'none'",
          "X-Content-Type-Options",
          "nosniff",
          "X-Frame-Options",
          "DENY",
          // Not none at all: then a browser would not say of our own forms where they are from.
          "Referrer-Policy",
          "same-origin",
          "Cross-Origin-Resource-Policy",
          "same-origin",
          "Cross-Origin-Opener-Policy",
          "same-origin",
          "Cache-Control",
          "no-store");

  private SafeHeaders() {}

  static void put(HttpFields.Mutable headers) {
    HEADERS.forEach(headers::put);
  }
}
