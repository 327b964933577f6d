package nl.veer.sandbox.postgres;

import java.security.cert.X509Certificate;
import java.util.List;
import nl.veer.sandbox.certificate.Identity;

/**
 * How a server shows itself and whom it lets in. The superuser always may, with its password.
 *
 * @param server its certificate and key
 * @param clients who signs its clients' certificates
 * @param rules lines of pg_hba.conf, for example {@code hostssl shop veer 127.0.0.1/32
 *     scram-sha-256}
 */
public record PostgresAccess(Identity server, X509Certificate clients, List<String> rules) {

  public PostgresAccess {
    rules = List.copyOf(rules);
  }
}
