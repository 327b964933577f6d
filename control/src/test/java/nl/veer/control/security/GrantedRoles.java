package nl.veer.control.security;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import nl.veer.connectors.dialect.DatabaseEndpoint;
import nl.veer.connectors.dialect.Secret;
import nl.veer.connectors.dialect.SourceConnections;
import nl.veer.connectors.dialect.TargetConnections;
import nl.veer.connectors.dialect.postgres.PostgresPublications;
import nl.veer.connectors.event.TableId;
import nl.veer.control.config.ConfigFile;
import nl.veer.control.config.VeerConfig;
import nl.veer.control.config.VerificationConfig;
import nl.veer.control.crossing.CrossingWorld;
import nl.veer.control.wave.Migration;

/**
 * A world's databases as a hardened site has them, where nobody may do anything, and a role on each
 * side with exactly the rights that the operator's guide grants.
 */
final class GrantedRoles {
  private static final Path GUIDE = Path.of("..", "docs", "operators-guide.md");
  private static final Pattern BLOCK =
      Pattern.compile("<!-- rights: (source|target|echo) -->\n```sql\n(.*?)```", Pattern.DOTALL);
  private static final String PASSWORD = "Rijnvaart";

  private final CrossingWorld world;
  final String role;
  private boolean echoed;

  private GrantedRoles(CrossingWorld world) {
    this.world = world;
    this.role = "veer_" + world.wave.wave();
  }

  /** Takes everybody's rights away, and grants what the guide grants. */
  static GrantedRoles of(CrossingWorld world) throws IOException, SQLException {
    GrantedRoles roles = new GrantedRoles(world);
    String database = world.wave.wave();
    world.onBoth(
        "REVOKE ALL ON DATABASE " + database + " FROM PUBLIC",
        "REVOKE ALL ON SCHEMA public FROM PUBLIC");
    world.onSource(roles.statements("source").toArray(String[]::new));
    world.onTarget(roles.statements("target").toArray(String[]::new));
    return roles;
  }

  /** Grants what the guide grants for the echo, and switches it on. */
  GrantedRoles withEcho() throws IOException, SQLException {
    echoed = true;
    world.onTarget(statements("echo").toArray(String[]::new));
    return this;
  }

  /** The guide's statements for one side, in this world's names. */
  List<String> statements(String side) throws IOException {
    Matcher block = BLOCK.matcher(Files.readString(GUIDE));
    while (block.find()) {
      if (block.group(1).equals(side)) {
        return block
            .group(2)
            .lines()
            .map(line -> line.replaceFirst("\\s*--.*", "").replaceFirst(";$", ""))
            .map(this::named)
            .toList();
      }
    }
    throw new AssertionError("The guide does not say the rights of the " + side);
  }

  private String named(String statement) {
    return statement
        .replaceAll("(ROLE|TO|AUTHORIZATION) veer\\b", "$1 " + role)
        .replace("DATABASE shop", "DATABASE " + world.wave.wave())
        .replace("'…'", "'" + PASSWORD + "'");
  }

  /** As the owner of the tables does. */
  void publish(List<TableId> tables) throws SQLException {
    world.onSource(PostgresPublications.statement(world.wave.publication(), tables));
  }

  Migration migration() throws SQLException {
    Migration as = world.migration();
    return new Migration(
        new SourceConnections(endpoint(as.source().endpoint())),
        new TargetConnections(endpoint(as.target().endpoint())),
        as.waves(),
        as.tuning(),
        VerificationConfig.of(echoed, false),
        Path.of(System.getProperty("java.io.tmpdir"), role));
  }

  private DatabaseEndpoint endpoint(DatabaseEndpoint superuser) {
    return new DatabaseEndpoint(superuser.url(), role, new Secret(PASSWORD), Map.of());
  }

  /** A configuration file for commands. */
  VeerConfig config(Path directory) throws IOException {
    Path file = directory.resolve(world.wave.wave() + ".yaml");
    Files.writeString(
        file,
        """
        migration: %s
        source: {url: "%s", user: %s, password: "${env:PASSWORD}"}
        target: {url: "%s", user: %s, password: "${env:PASSWORD}"}
        kafka: {bootstrap: "%s", replication-factor: 1, min-insync-replicas: 1}
        registry: {url: "%s"}
        waves: [{name: %s, tables: {}}]
        verification: {ledger: %s}
        """
            .formatted(
                world.wave.migration(),
                world.sourceEndpoint().url(),
                role,
                world.targetEndpoint().url(),
                role,
                world.servers().bootstrap(),
                world.servers().registry(),
                world.wave.wave(),
                echoed));
    return ConfigFile.read(file, Map.of("PASSWORD", PASSWORD));
  }
}
