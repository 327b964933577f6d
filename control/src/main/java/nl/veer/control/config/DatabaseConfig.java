package nl.veer.control.config;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import nl.veer.connectors.dialect.DatabaseEndpoint;
import nl.veer.connectors.dialect.Secret;
import org.jspecify.annotations.Nullable;

/** Where a database is and who Veer is there. */
public record DatabaseConfig(
    @Setting(
            value = "JDBC URL, for example `jdbc:postgresql://db.example.org:5432/shop`.",
            startsWith = "jdbc:postgresql:")
        String url,
    @Setting("The role Veer connects as.") String user,
    @Setting(
            value =
                "Its password, as `${env:NAME}` or `${file:PATH}`; absent where the server asks for"
                    + " none.",
            optional = true)
        @Nullable Secret password,
    @Setting(
            value =
                "How far TLS is insisted on. Over a network that you do not own, use `verify-full`.",
            byDefault = "prefer")
        TlsMode tls,
    @Setting(
            value = "PEM file with the authorities that `verify-ca` and `verify-full` trust.",
            optional = true)
        @Nullable Path tlsRootCert,
    @Setting(value = "Further properties of the JDBC driver.", byDefault = "{}")
        Map<String, String> properties) {

  public DatabaseConfig {
    properties = Map.copyOf(properties);
  }

  /** What the dialect connects with. */
  public DatabaseEndpoint endpoint() {
    Map<String, String> all = new HashMap<>(properties);
    all.put("sslmode", tls.sslMode());
    if (tlsRootCert != null) {
      all.put("sslrootcert", tlsRootCert.toString());
    }
    return new DatabaseEndpoint(url, user, password == null ? new Secret("") : password, all);
  }

  /** Without the properties, which may hold secrets. */
  @Override
  public String toString() {
    return "DatabaseConfig[" + user + " at " + url + "]";
  }
}
