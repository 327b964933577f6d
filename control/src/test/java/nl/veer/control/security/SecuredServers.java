package nl.veer.control.security;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nl.veer.control.config.ConfigFile;
import nl.veer.control.config.VeerConfig;
import nl.veer.control.crossing.CrossingWorld;
import nl.veer.control.crossing.Servers;
import nl.veer.sandbox.certificate.Authority;
import nl.veer.sandbox.certificate.Identity;
import nl.veer.sandbox.kafka.KafkaSecurity;
import nl.veer.sandbox.kafka.SandboxKafka;
import nl.veer.sandbox.postgres.PostgresAccess;
import nl.veer.sandbox.postgres.SandboxPostgres;
import nl.veer.sandbox.process.PrivateFiles;
import nl.veer.sandbox.registry.RegistryGate;

/**
 * Servers that let nobody in without TLS: a source that asks for password and certificate, a target
 * that asks for a certificate alone, a broker with passwords and certificates, a registry behind a
 * gate. And the configuration that is right for them, key by key, so that a test can spoil one.
 */
final class SecuredServers implements AutoCloseable {
  static final String PASSWORD = "Schotbalk-1953";

  /** Its servers' names: not localhost, so that this is a wrong one. */
  private static final List<String> NAMED = List.of("127.0.0.1");

  private static final List<String> SOURCE =
      List.of("hostssl all veer 127.0.0.1/32 scram-sha-256 clientcert=verify-full");
  private static final List<String> TARGET = List.of("hostssl all veer 127.0.0.1/32 cert");

  final Authority authority = new Authority("Veer's test authority");
  final Authority stranger = new Authority("A stranger");
  final SandboxPostgres source = SandboxPostgres.startTemporary();
  final SandboxPostgres target = SandboxPostgres.startTemporary();
  final SandboxKafka kafka;
  final RegistryGate gate;
  final Path directory;

  SecuredServers(Path directory) throws IOException, SQLException {
    this.directory = directory;
    this.kafka =
        SandboxKafka.startTemporary(
            new KafkaSecurity(server(), authority.certificate(), Map.of("veer", PASSWORD)));
    this.gate = RegistryGate.open(CrossingWorld.sandbox().registry(), server(), "veer", PASSWORD);
    admit();
    for (SandboxPostgres each : List.of(source, target)) {
      try (java.sql.Connection connection = each.connect("postgres")) {
        CrossingWorld.execute(
            connection, "CREATE ROLE veer SUPERUSER LOGIN PASSWORD '" + PASSWORD + "'");
      }
    }
    Identity client = authority.issue("veer", List.of());
    Identity other = stranger.issue("veer", List.of());
    file("ca.pem", Identity.pem(authority.certificate()));
    file("stranger.pem", Identity.pem(stranger.certificate()));
    file("veer.crt", client.certificatePem());
    file("veer.key", client.keyPem());
    file("other.crt", other.certificatePem());
    file("other.key", other.keyPem());
    PrivateFiles.write(directory.resolve("veer.p12"), client.pkcs12(PASSWORD));
    file("client.pem", client.keyPem() + client.certificatePem());
    file("password", PASSWORD);
  }

  private void file(String name, String content) throws IOException {
    PrivateFiles.write(directory.resolve(name), content);
  }

  private Identity server() {
    return authority.issue("server", NAMED);
  }

  /** Both databases show good certificates and ask for what they should. */
  void admit() throws SQLException {
    show(server());
    target.secure(new PostgresAccess(server(), authority.certificate(), TARGET));
  }

  /** The source shows this one from now on. */
  void show(Identity identity) throws SQLException {
    source.secure(new PostgresAccess(identity, authority.certificate(), SOURCE));
  }

  Identity expired() {
    return authority.issueExpired("server", NAMED);
  }

  CrossingWorld world(String... ddl) throws SQLException {
    return CrossingWorld.on(new Servers(source, target, kafka.bootstrap(), gate.url()), ddl);
  }

  /** What is right, by its path in the file; a test puts something else into a copy. */
  Map<String, String> settings(CrossingWorld world) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("source.url", source.jdbcUrl(world.wave.wave()));
    settings.put("source.tls-root-cert", "ca.pem");
    settings.put("source.password", "${file:password}");
    settings.put("source.tls-cert", "veer.crt");
    settings.put("source.tls-key", "veer.key");
    settings.put("target.url", target.jdbcUrl(world.wave.wave()));
    settings.put("target.tls-root-cert", "ca.pem");
    settings.put("target.tls-key", "veer.p12");
    settings.put("target.tls-key-password", "${file:password}");
    settings.put("kafka.bootstrap", kafka.bootstrap());
    settings.putAll(scram(PASSWORD));
    settings.put("registry.url", gate.url());
    settings.put("registry.truststore", "ca.pem");
    settings.put("registry.login", "veer:" + PASSWORD);
    return settings;
  }

  static Map<String, String> scram(String password) {
    return Map.of(
        "kafka.properties",
        "{security.protocol: SASL_SSL, sasl.mechanism: SCRAM-SHA-512, sasl.jaas.config:"
            + " 'org.apache.kafka.common.security.scram.ScramLoginModule required"
            + " username=\"veer\" password=\"%s\";',".formatted(password)
            + " ssl.truststore.type: PEM, ssl.truststore.location: 'DIR/ca.pem'}");
  }

  static String plain() {
    return "{security.protocol: SASL_SSL, sasl.mechanism: PLAIN, sasl.jaas.config:"
        + " 'org.apache.kafka.common.security.plain.PlainLoginModule required"
        + " username=\"veer\" password=\"${file:password}\";',"
        + " ssl.truststore.type: PEM, ssl.truststore.location: 'DIR/ca.pem'}";
  }

  static String mutual(String authority, boolean certificate) {
    return "{security.protocol: SSL, ssl.truststore.type: PEM, ssl.truststore.location: 'DIR/"
        + authority
        + "'"
        + (certificate ? ", ssl.keystore.type: PEM, ssl.keystore.location: 'DIR/client.pem'" : "")
        + "}";
  }

  /** Writes and reads the file. */
  VeerConfig config(CrossingWorld world, Map<String, String> settings) throws IOException {
    StringBuilder yaml = new StringBuilder("migration: %s\n".formatted(world.wave.migration()));
    for (String side : List.of("source", "target")) {
      yaml.append(side).append(":\n  user: veer\n  tls: verify-full\n");
      settings.forEach(
          (path, value) -> {
            if (path.startsWith(side + ".")) {
              yaml.append("  %s: \"%s\"\n".formatted(path.substring(side.length() + 1), value));
            }
          });
      // PgJDBC takes a key in PEM for one of RSA, if it is not told.
      yaml.append("  properties: {connectTimeout: 20, pemKeyAlgorithm: EC}\n");
    }
    String text =
        yaml
            + """
            verification: {ledger: false}
            kafka:
              bootstrap: "%s"
              properties: %s
              replication-factor: 1
              min-insync-replicas: 1
            registry:
              url: "%s"
              properties:
                basic.auth.credentials.source: USER_INFO
                basic.auth.user.info: "%s"
                schema.registry.ssl.truststore.type: PEM
                schema.registry.ssl.truststore.location: DIR/%s
            waves: [{name: %s, tables: {}}]
            tuning: {heartbeat: 200ms}
            """
                .formatted(
                    settings.get("kafka.bootstrap"),
                    settings.get("kafka.properties"),
                    settings.get("registry.url"),
                    settings.get("registry.login"),
                    settings.get("registry.truststore"),
                    world.wave.wave());
    Path file = directory.resolve("veer.yaml");
    Files.writeString(file, text.replace("DIR", directory.toString()));
    return ConfigFile.read(file, Map.of());
  }

  @Override
  public void close() {
    gate.close();
    kafka.close();
    source.close();
    target.close();
  }
}
