package nl.veer.sandbox.kafka;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import nl.veer.sandbox.certificate.Identity;

/**
 * How a broker shows itself and whom it lets in: over SASL_SSL by password (SCRAM-SHA-512 or
 * PLAIN), and at another port over SSL by certificate. Only the broker's own traffic, on loopback,
 * is plain.
 *
 * @param server its certificate and key
 * @param clients who signs its clients' certificates
 * @param users names and passwords, good for both mechanisms
 */
public record KafkaSecurity(Identity server, X509Certificate clients, Map<String, String> users) {

  public KafkaSecurity {
    users = Map.copyOf(users);
  }

  /** Where each kind of client knocks. */
  record Ports(int passwords, int certificates, int inside) {}

  /** What the storage is formatted with: passwords of SCRAM are kept in the metadata. */
  List<String> scramArguments() {
    return users.entrySet().stream()
        .map(
            user -> "SCRAM-SHA-512=[name=%s,password=%s]".formatted(user.getKey(), user.getValue()))
        .toList();
  }

  void secure(Properties settings, Ports ports) {
    String controller = settings.getProperty("listeners").replaceFirst(".*,(?=CONTROLLER://)", ",");
    String open =
        "PASSWORDS://127.0.0.1:%d,CERTIFICATES://127.0.0.1:%d,INSIDE://127.0.0.1:%d"
            .formatted(ports.passwords(), ports.certificates(), ports.inside());
    settings.setProperty("listeners", open + controller);
    settings.setProperty("advertised.listeners", open);
    settings.setProperty(
        "listener.security.protocol.map",
        "PASSWORDS:SASL_SSL,CERTIFICATES:SSL,INSIDE:PLAINTEXT,CONTROLLER:PLAINTEXT");
    settings.setProperty("inter.broker.listener.name", "INSIDE");
    passwords(settings);
    certificates(settings);
  }

  private void passwords(Properties settings) {
    settings.setProperty("sasl.enabled.mechanisms", "SCRAM-SHA-512,PLAIN");
    settings.setProperty(
        "listener.name.passwords.scram-sha-512.sasl.jaas.config",
        "org.apache.kafka.common.security.scram.ScramLoginModule required;");
    String plain =
        users.entrySet().stream()
            .map(user -> " user_%s=\"%s\"".formatted(user.getKey(), user.getValue()))
            .collect(Collectors.joining());
    settings.setProperty(
        "listener.name.passwords.plain.sasl.jaas.config",
        "org.apache.kafka.common.security.plain.PlainLoginModule required" + plain + ";");
  }

  private void certificates(Properties settings) {
    settings.setProperty("ssl.keystore.type", "PEM");
    settings.setProperty("ssl.keystore.key", server.keyPem());
    settings.setProperty("ssl.keystore.certificate.chain", server.certificatePem());
    settings.setProperty("ssl.truststore.type", "PEM");
    settings.setProperty("ssl.truststore.certificates", Identity.pem(clients));
    settings.setProperty("listener.name.certificates.ssl.client.auth", "required");
  }
}
