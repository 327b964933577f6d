package nl.veer.control.config;

import java.util.Locale;

/** How far a connection insists on TLS; the same words as PostgreSQL's {@code sslmode}. */
public enum TlsMode {
  DISABLE,
  PREFER,
  REQUIRE,
  VERIFY_CA,
  VERIFY_FULL;

  String sslMode() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
