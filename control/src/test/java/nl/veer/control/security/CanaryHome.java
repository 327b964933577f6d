package nl.veer.control.security;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import nl.veer.control.crossing.CrossingWorld;
import nl.veer.control.crossing.RoleHome;
import nl.veer.control.crossing.RoleLaunch;
import nl.veer.control.crossing.RoleProcess;
import nl.veer.control.wave.Role;

/**
 * A directory whose configuration names every kind of secret, and roles that everybody's umask and
 * the JVM's own logging leave as open as a user can. Both servers log each of Veer's statements.
 */
final class CanaryHome implements AutoCloseable {
  static final Map<String, String> ENVIRONMENT =
      Map.of("CANARY_TARGET", Canaries.TARGET_PASSWORD, "CANARY_JAAS", Canaries.JAAS_PASSWORD);

  /** What the test itself puts there. */
  static final List<String> GIVEN =
      List.of(
          "veer.yaml", "source-password", "registry-user", "key-password", "logging.properties");

  final String role;
  final Path directory;
  private final RoleHome home;

  CanaryHome(CrossingWorld world, Path directory) throws IOException, SQLException {
    this.role = "veer_" + world.database();
    this.directory = directory;
    world.onSource(roles(Canaries.SOURCE_PASSWORD));
    world.onTarget(roles(Canaries.TARGET_PASSWORD));
    Files.createDirectories(directory.resolve("tmp"));
    Files.writeString(directory.resolve("source-password"), Canaries.SOURCE_PASSWORD + "\n");
    Files.writeString(directory.resolve("registry-user"), Canaries.REGISTRY_USER + "\n");
    Files.writeString(directory.resolve("key-password"), Canaries.KEY_PASSWORD + "\n");
    Files.writeString(
        directory.resolve("logging.properties"),
        """
        handlers=java.util.logging.ConsoleHandler
        .level=ALL
        java.util.logging.ConsoleHandler.level=ALL
        """);
    this.home = RoleHome.of(directory, yaml(world));
  }

  private String[] roles(String password) {
    return new String[] {
      "CREATE ROLE %s LOGIN SUPERUSER PASSWORD '%s'".formatted(role, password),
      "ALTER ROLE " + role + " SET log_statement = 'all'",
      "ALTER ROLE " + role + " SET log_replication_commands = on"
    };
  }

  private String yaml(CrossingWorld world) {
    return """
    migration: it
    verification: {ledger: false}
    source:
      url: "%1$s"
      user: %2$s
      password: "${file:source-password}"
      tls-key: nobody.p12
      tls-key-password: "${file:key-password}"
      properties: {loggerLevel: TRACE}
    target:
      url: "%3$s"
      user: %2$s
      password: "${env:CANARY_TARGET}"
    waves:
    - {name: %4$s, tables: {include: [public.canary_client]}}
    - {name: %4$sbig, tables: {include: [public.canary_parcel]}}
    - {name: %4$sodd, tables: {include: [public.canary_odd]}}
    kafka:
      bootstrap: "%5$s"
      replication-factor: 1
      min-insync-replicas: 1
      max-record: 1MiB
      properties:
        ssl.keystore.password: %6$s
        sasl.jaas.config: >-
          org.apache.kafka.common.security.plain.PlainLoginModule required
          username="canary" password="${env:CANARY_JAAS}";
    registry:
      url: "%7$s"
      properties:
        basic.auth.credentials.source: USER_INFO
        basic.auth.user.info: ${file:registry-user}
    tuning: {heartbeat: 200ms}
    """
        .formatted(
            world.sourceEndpoint().url(),
            role,
            world.targetEndpoint().url(),
            world.wave.wave(),
            world.servers().bootstrap(),
            Canaries.STORE_PASSWORD,
            world.servers().registry());
  }

  /** With the launcher's flags, and options that a user may add to them. */
  RoleProcess start(Role which) {
    return home.start(
        RoleLaunch.of(which)
            .withJvmArguments(
                "-XX:TieredStopAtLevel=1",
                "-XX:-CreateCoredumpOnCrash",
                "-XX:+ExitOnOutOfMemoryError",
                "-Djava.io.tmpdir=" + directory.resolve("tmp"),
                "-Djava.util.logging.config.file=" + directory.resolve("logging.properties"))
            .withEnvironment(ENVIRONMENT)
            .withUmask("000"));
  }

  VeerCommand run(String... arguments) throws IOException, InterruptedException {
    return VeerCommand.run(directory, ENVIRONMENT, arguments);
  }

  Path log(Role which) {
    return home.log(which);
  }

  @Override
  public void close() {
    home.close();
  }
}
