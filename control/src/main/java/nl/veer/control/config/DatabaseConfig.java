package nl.veer.control.config;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
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
    @Setting(
            value =
                "File with the certificate that Veer shows where the server asks for one: PEM;"
                    + " absent if `tls-key` is PKCS #12, which holds it.",
            optional = true)
        @Nullable Path tlsCert,
    @Setting(
            value =
                "File with that certificate's key: PKCS #8 in PEM or DER, or a PKCS #12 store"
                    + " (`.p12`, `.pfx`) whose entry is named `user`.",
            optional = true)
        @Nullable Path tlsKey,
    @Setting(
            value = "The key file's password, as `${env:NAME}` or `${file:PATH}`.",
            optional = true)
        @Nullable Secret tlsKeyPassword,
    @Setting(value = "Further properties of the JDBC driver.", byDefault = "{}")
        Map<String, String> properties) {
  private static final Pattern SECRET_PARAMETER =
      Pattern.compile("(?i)[?&](password|sslpassword)=|//[^/@]*@");

  public DatabaseConfig {
    properties = Map.copyOf(properties);
    if (SECRET_PARAMETER.matcher(url).find()) {
      throw new IllegalArgumentException(
          "url: a secret does not belong into it, for it is shown; write password or"
              + " tls-key-password");
    }
    if (tlsCert != null && tlsKey == null) {
      throw new IllegalArgumentException("tls-cert: needs tls-key beside it");
    }
    if (tlsKeyPassword != null && tlsKey == null) {
      throw new IllegalArgumentException("tls-key-password: needs tls-key beside it");
    }
  }

  /** What the dialect connects with. */
  public DatabaseEndpoint endpoint() {
    Map<String, String> all = new HashMap<>(properties);
    all.put("sslmode", tls.sslMode());
    if (tlsRootCert != null) {
      all.put("sslrootcert", tlsRootCert.toString());
    }
    if (tlsKey != null) {
      all.put("sslkey", tlsKey.toString());
      all.put("sslcert", tlsCert == null ? "" : tlsCert.toString());
      all.put("sslpassword", tlsKeyPassword == null ? "" : tlsKeyPassword.reveal());
    }
    return new DatabaseEndpoint(url, user, password == null ? new Secret("") : password, all);
  }

  /** Without the properties, which may hold secrets. */
  @Override
  public String toString() {
    return "DatabaseConfig[" + user + " at " + url + "]";
  }
}
