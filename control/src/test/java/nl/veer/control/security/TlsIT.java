package nl.veer.control.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.control.check.Finding;
import nl.veer.control.check.Preflight;
import nl.veer.control.check.Severity;
import nl.veer.control.config.VeerConfig;
import nl.veer.control.crossing.Crossing;
import nl.veer.control.crossing.CrossingWorld;
import nl.veer.control.status.MigrationStatus;
import nl.veer.control.status.StatusReader;
import nl.veer.control.wave.Migration;
import nl.veer.control.wave.OpenLog;
import nl.veer.control.wave.Role;
import nl.veer.sandbox.certificate.Authority;
import nl.veer.sandbox.registry.RegistryGate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The whole way over TLS, and each way in which it is refused. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TlsIT {
  private static final String TABLE = "CREATE TABLE t (id int PRIMARY KEY, v text)";

  /** Every session of Veer's role: whose server process it is, and how it came. */
  private static final String SESSIONS =
      "SELECT a.backend_type, s.ssl, s.version FROM pg_stat_activity a JOIN pg_stat_ssl s USING"
          + " (pid) WHERE a.usename = 'veer'";

  @TempDir private static Path directory;
  private SecuredServers servers;

  @BeforeAll
  void start() throws Exception {
    servers = new SecuredServers(directory);
  }

  @AfterAll
  void end() {
    servers.close();
  }

  @Test
  void everySessionIsEncryptedTheWalSenderToo() throws Exception {
    try (CrossingWorld world = servers.world(TABLE)) {
      world.onSource("INSERT INTO t VALUES (1, 'loaded')");
      Map<String, String> settings = servers.settings(world);
      VeerConfig config = servers.config(world, settings);
      assertThat(errors(config)).isEmpty();

      Crossing crossing = begin(world, config);
      crossing.awaitReplicating();
      world.onSource("INSERT INTO t VALUES (2, 'streamed')");
      crossing.awaitEqual();

      assertThat(world.sourceText(SESSIONS).lines())
          .anyMatch(line -> line.startsWith("walsender|t|TLSv1"))
          .anyMatch(line -> line.startsWith("client backend|t|TLSv1"))
          .allMatch(line -> line.contains("|t|TLSv1"));
      assertThat(world.targetText(SESSIONS).lines())
          .isNotEmpty()
          .allMatch(line -> line.contains("|t|TLSv1"));
      MigrationStatus status = StatusReader.once(config, Clock.systemUTC());
      assertThat(status.waves().get(0).unknown()).isEmpty();
      crossing.close();
    }
  }

  @Test
  void kafkaByPlainPasswordAndByCertificate() throws Exception {
    for (String properties :
        List.of(SecuredServers.plain(), SecuredServers.mutual("ca.pem", true))) {
      try (CrossingWorld world = servers.world(TABLE)) {
        Map<String, String> settings = servers.settings(world);
        settings.put("kafka.properties", properties);
        if (properties.contains("protocol: SSL")) {
          settings.put("kafka.bootstrap", servers.kafka.mutualBootstrap());
        }
        // Channel binding: the password proof is tied to this very TLS connection.
        settings.put("source.url", settings.get("source.url") + "?channelBinding=require");
        VeerConfig config = servers.config(world, settings);
        assertThat(errors(config)).isEmpty();

        Crossing crossing = begin(world, config);
        crossing.awaitReplicating();
        world.onSource("INSERT INTO t VALUES (1, 'a')");
        crossing.awaitEqual();
        crossing.close();
      }
    }
  }

  @Test
  void whatIsRefusedEndsTheRunAndIsNamedByTheCheck() throws Exception {
    try (CrossingWorld world = servers.world(TABLE);
        RegistryGate expired =
            RegistryGate.open(
                CrossingWorld.sandbox().registry(),
                servers.expired(),
                "veer",
                SecuredServers.PASSWORD)) {
      String here = "127.0.0.1";
      refused(world, "source.tls-root-cert", "stranger.pem", "TLS_REFUSED", "tls-root-cert");
      refused(world, "source.tls-root-cert", "absent.pem", "TLS_REFUSED", "tls-root-cert");
      String url = servers.source.jdbcUrl(world.wave.wave()).replace(here, "localhost");
      refused(world, "source.url", url, "TLS_REFUSED", "host");
      refused(world, "source.password", "${file:ca.pem}", "LOGIN_REFUSED", "source.password");
      refused(
          world, Map.of("source.tls-cert", "", "source.tls-key", ""), "LOGIN_REFUSED", "tls-cert");
      refused(
          world,
          Map.of("source.tls-cert", "other.crt", "source.tls-key", "other.key"),
          "LOGIN_REFUSED",
          "tls-cert");
      refused(world, "target.tls-root-cert", "stranger.pem", "TLS_REFUSED", "tls-root-cert");
      refused(world, "target.tls-key-password", "${file:ca.pem}", "TLS_REFUSED", "tls-key");

      refused(world, SecuredServers.scram("wrong"), "KAFKA_REFUSED", "sasl.jaas.config");
      String bootstrap = servers.kafka.bootstrap().replace(here, "localhost");
      refused(world, "kafka.bootstrap", bootstrap, "TLS_REFUSED", "ssl");
      String mutual = servers.kafka.mutualBootstrap();
      refused(
          world,
          Map.of(
              "kafka.bootstrap",
              mutual,
              "kafka.properties",
              SecuredServers.mutual("stranger.pem", true)),
          "TLS_REFUSED",
          "ssl");
      refused(
          world,
          Map.of(
              "kafka.bootstrap",
              mutual,
              "kafka.properties",
              SecuredServers.mutual("ca.pem", false)),
          "TLS_REFUSED",
          "ssl");

      refused(world, "registry.login", "veer:wrong", "REGISTRY_DENIED", "registry.properties");
      refused(world, "registry.truststore", "stranger.pem", "TLS_REFUSED", "registry.properties");
      refused(world, "registry.url", expired.url(), "TLS_REFUSED", "registry");
      servers.gate.answer(403);
      refused(world, Map.of(), "REGISTRY_DENIED", "registry.properties");
      servers.gate.answer(0);

      servers.show(servers.expired());
      refused(world, Map.of(), "TLS_REFUSED", "tls-root-cert");
    } finally {
      servers.gate.answer(0);
      servers.admit();
    }
  }

  /** A process has read its secrets; only its next start can read others. */
  @Test
  void aPasswordThatIsChangedUnderARunEndsIt() throws Exception {
    try (CrossingWorld world = servers.world(TABLE)) {
      Crossing crossing = begin(world, servers.config(world, servers.settings(world)));
      crossing.awaitReplicating();

      world.onSource("INSERT INTO t VALUES (0, 'carried')");
      crossing.awaitEqual();

      world.onSource("ALTER ROLE veer PASSWORD 'another'");
      endSessions(world);

      Failure failure = crossing.awaitFailure();
      assertThat(failure.kind()).isEqualTo(FailureKind.CONFIGURATION);
      assertThat(failure.code()).isEqualTo("LOGIN_REFUSED");
      world.onSource("ALTER ROLE veer PASSWORD '" + SecuredServers.PASSWORD + "'");
      crossing.close();
      Crossing again = begin(world, servers.config(world, servers.settings(world)));
      world.onSource("INSERT INTO t VALUES (1, 'meanwhile')");
      again.awaitReplicating();
      again.awaitEqual();
      again.close();
    }
  }

  @Test
  void aCertificateThatIsReplacedByAStrangersUnderARunEndsIt() throws Exception {
    try (CrossingWorld world = servers.world(TABLE)) {
      Crossing crossing = begin(world, servers.config(world, servers.settings(world)));
      crossing.awaitReplicating();

      servers.show(servers.stranger.issue("server", Authority.HERE));
      endSessions(world);

      Failure failure = crossing.awaitFailure();
      assertThat(failure.kind()).isEqualTo(FailureKind.CONFIGURATION);
      assertThat(failure.code()).as(failure.getMessage()).isEqualTo("TLS_REFUSED");
      crossing.close();
    } finally {
      servers.admit();
    }
  }

  private static void endSessions(CrossingWorld world) throws Exception {
    world.onSource("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'veer'");
  }

  private void refused(CrossingWorld world, String key, String value, String code, String remedy)
      throws Exception {
    refused(world, Map.of(key, value), code, remedy);
  }

  /** An empty value takes the key away. */
  private void refused(CrossingWorld world, Map<String, String> spoilt, String code, String remedy)
      throws Exception {
    Map<String, String> settings = new HashMap<>(servers.settings(world));
    settings.putAll(spoilt);
    settings.values().removeIf(String::isEmpty);
    VeerConfig config = servers.config(world, settings);

    assertThat(errors(config))
        .as("the check of %s", spoilt)
        .hasSize(1)
        .allSatisfy(
            finding -> assertThat(finding.message() + " " + finding.remedy()).contains(remedy))
        .allSatisfy(
            finding ->
                assertThat(finding.toString()).doesNotContain(SecuredServers.PASSWORD, "wrong"));
    Failure failure = failure(world, config);
    assertThat(failure.kind()).as("%s: %s", spoilt, failure).isEqualTo(FailureKind.CONFIGURATION);
    assertThat(failure.code()).as("%s: %s", spoilt, failure).isEqualTo(code);
    assertThat(failure.getMessage()).doesNotContain(SecuredServers.PASSWORD);
  }

  private static Failure failure(CrossingWorld world, VeerConfig config) {
    try {
      Crossing crossing = begin(world, config);
      try (crossing) {
        return crossing.awaitFailure();
      }
    } catch (Failure atOnce) {
      return atOnce;
    }
  }

  private static Crossing begin(CrossingWorld world, VeerConfig config) {
    return world.begin(Role.RUN, Migration.of(config), OpenLog.open(config));
  }

  private static List<Finding> errors(VeerConfig config) {
    return new Preflight(config, Clock.systemUTC())
        .run().findings().stream().filter(finding -> finding.severity() == Severity.ERROR).toList();
  }
}
