package nl.veer.control.names;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import nl.veer.connectors.dialect.DatabaseEndpoint;
import nl.veer.connectors.dialect.Secret;
import nl.veer.connectors.dialect.SourceConnections;
import nl.veer.connectors.dialect.TargetConnections;
import nl.veer.control.cli.Veer;
import nl.veer.control.crossing.Crossing;
import nl.veer.control.crossing.CrossingWorld;
import nl.veer.control.wave.Migration;
import nl.veer.control.wave.OpenLog;
import nl.veer.control.wave.Role;
import nl.veer.sandbox.Sandbox;
import nl.veer.sandbox.postgres.SandboxPostgres;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables, columns, types, a database and a role whose names are SQL, from check to load again. */
class HostileNamesIT {
  private static final String NAME = " it's \"A\"; DROP $1\\ é --";

  /** Debezium puts a role's name between quotes as it is, so one with a quote is refused. */
  private static final String ROLE = " \"A\"; DROP $1? é --";

  @TempDir private Path directory;
  private final StringWriter out = new StringWriter();

  @Test
  void everyNameGoesTheWholeWay() throws Exception {
    for (SandboxPostgres server : servers()) {
      makeRole(server);
    }
    try (CrossingWorld world =
        CrossingWorld.of(NAME, "", "", HostileNames.ddl().toArray(String[]::new))) {
      configure(world);
      world.onSource(HostileNames.inserts(1).toArray(String[]::new));
      assertThat(veer("check")).as(out.toString()).isZero();

      Crossing crossing = begin(world);
      crossing.awaitReplicating();
      world.onSource(HostileNames.inserts(100).toArray(String[]::new));
      world.onSource(HostileNames.changes().toArray(String[]::new));
      world.inOneTransaction(HostileNames.changes().toArray(String[]::new));
      crossing.awaitEqual();
      crossing.close();

      assertThat(veer("status")).as(out.toString()).isZero();
      List<String> damaged = damage(world);
      for (String table : damaged) {
        assertThat(
                veer("load", "--again", "--no-wait", "--wave", world.wave.wave(), "--table", table))
            .as(out.toString())
            .isZero();
      }
      Crossing again = begin(world);
      again.awaitReplicating();
      world.onSource(HostileNames.inserts(200).toArray(String[]::new));
      again.awaitEqual();
    }
  }

  /**
   * Some rows are taken from some tables on the target; answers the tables, as people name them.
   */
  private static List<String> damage(CrossingWorld world) throws SQLException {
    List<String> damaged = new ArrayList<>();
    for (int i = 1; i < HostileNames.ALL.size(); i += 2) {
      world.onTarget("DELETE FROM " + HostileNames.keyed(i));
      damaged.add(HostileNames.keyedForPeople(i));
    }
    return damaged;
  }

  private static List<SandboxPostgres> servers() {
    return List.of(CrossingWorld.sandbox().source(), CrossingWorld.sandbox().target());
  }

  private static void makeRole(SandboxPostgres server) throws SQLException {
    try (var connection = server.connect("postgres")) {
      CrossingWorld.execute(
          connection,
          "CREATE ROLE "
              + HostileNames.quoted(ROLE)
              + " SUPERUSER LOGIN PASSWORD '"
              + server.password()
              + "'");
    }
  }

  private static Crossing begin(CrossingWorld world) throws SQLException {
    Sandbox sandbox = CrossingWorld.sandbox();
    Migration plain = world.migration();
    return world.begin(
        Role.RUN,
        new Migration(
            new SourceConnections(endpoint(sandbox.source(), world)),
            new TargetConnections(endpoint(sandbox.target(), world)),
            plain.waves(),
            plain.tuning()),
        OpenLog.at(sandbox.kafka(), sandbox.registry()));
  }

  private static DatabaseEndpoint endpoint(SandboxPostgres server, CrossingWorld world) {
    return new DatabaseEndpoint(
        server.jdbcUrl(world.database()), ROLE, new Secret(server.password()), Map.of());
  }

  private void configure(CrossingWorld world) throws Exception {
    Sandbox sandbox = CrossingWorld.sandbox();
    Files.writeString(directory.resolve("source"), sandbox.source().password());
    Files.writeString(directory.resolve("target"), sandbox.target().password());
    Files.writeString(
        directory.resolve("veer.yaml"),
        """
        migration: %s
        source: {url: "%s", user: '%s', password: "${file:source}"}
        target: {url: "%s", user: '%s', password: "${file:target}"}
        kafka: {bootstrap: "%s", replication-factor: 1, min-insync-replicas: 1}
        registry: {url: "%s"}
        waves: [{name: %s, tables: {}}]
        verification: {ledger: false}
        """
            .formatted(
                world.wave.migration(),
                sandbox.source().jdbcUrl(world.database()),
                ROLE,
                sandbox.target().jdbcUrl(world.database()),
                ROLE,
                sandbox.kafka().bootstrap(),
                sandbox.registry().url(),
                world.wave.wave()));
  }

  private int veer(String... arguments) {
    out.getBuffer().setLength(0);
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("-c", directory.resolve("veer.yaml").toString()));
    PrintWriter writer = new PrintWriter(out, true);
    return Veer.commandLine().setOut(writer).setErr(writer).execute(all.toArray(String[]::new));
  }
}
