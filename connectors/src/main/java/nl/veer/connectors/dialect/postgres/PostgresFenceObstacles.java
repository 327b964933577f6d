package nl.veer.connectors.dialect.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import nl.veer.connectors.dialect.postgres.PostgresFence.Kind;
import nl.veer.connectors.event.TableId;

/**
 * What is in the way of a fence, or would get past it. One query per question; each answers in
 * sentences that end with the SQL that mends it. Reads only.
 */
final class PostgresFenceObstacles {
  private final Connection side;
  private final TableFamilies families;
  private final List<String> exempt;
  private final List<String> obstacles = new ArrayList<>();

  private PostgresFenceObstacles(Connection side, TableFamilies families, List<String> exempt) {
    this.side = side;
    this.families = families;
    this.exempt = exempt;
  }

  static List<String> read(
      Connection side, Kind kind, List<TableId> tables, List<String> exemptRoles)
      throws SQLException {
    TableFamilies families = TableFamilies.read(side, tables);
    PostgresFenceObstacles read = new PostgresFenceObstacles(side, families, exemptRoles);
    families.missing().stream()
        .sorted()
        .forEach(table -> read.obstacles.add("Table " + table + " does not exist."));
    read.ofRoles(FenceObstacleQueries.NO_ROLE);
    read.ofTables(FenceObstacleQueries.SUBSCRIPTIONS);
    switch (kind) {
      case TRIGGER -> read.ofTriggers();
      case REVOKE -> read.ofRevoking();
      case READ_ONLY -> read.ofReadOnly();
    }
    return List.copyOf(read.obstacles);
  }

  private void ofTriggers() throws SQLException {
    ofTables(FenceObstacleQueries.OWNERS);
    ofTables(FenceObstacleQueries.PARENTS);
    ofTables(FenceObstacleQueries.NO_TRIGGER_RIGHT);
    ask(FenceObstacleQueries.NO_SCHEMA_RIGHT);
    ask(FenceObstacleQueries.NO_LANGUAGE);
  }

  private void ofRevoking() throws SQLException {
    ofTables(FenceObstacleQueries.OWNERS);
    ofTables(FenceObstacleQueries.PARENTS);
    ofGrants();
    ofRoles(FenceObstacleQueries.SUPERUSER_SESSIONS);
    ofRoles(FenceObstacleQueries.WRITE_ALL_DATA.replace("SET_RIGHT", setRight()));
    ofRoles(FenceObstacleQueries.MEMBERS.replace("SET_RIGHT", setRight()));
    ask(FenceObstacleQueries.SHARED_ROLE);
  }

  private void ofReadOnly() throws SQLException {
    ask(FenceObstacleQueries.NO_DATABASE_OWNER);
    ask(FenceObstacleQueries.NO_SIGNAL);
    ofRoles(FenceObstacleQueries.NO_SUPERUSER_SIGNAL);
    ofRoles(FenceObstacleQueries.NO_ROLE_RIGHT);
    ask(FenceObstacleQueries.SHARED_ROLE);
    List<String> known = new ArrayList<>(exempt);
    known.add(PostgresRoles.session(side));
    String database = PostgresNames.quoted(side.getCatalog());
    ReadOnlySettings.writable(side, known)
        .forEach(
            (role, here) ->
                obstacles.add(
                    "Role %s has a default of its own, which counts more than the database's: "
                            .formatted(role)
                        + "ALTER ROLE %s%s RESET default_transaction_read_only;"
                            .formatted(
                                PostgresNames.quoted(role),
                                here ? " IN DATABASE " + database : "")));
  }

  /** Grants that could not be given back exactly as they are. */
  private void ofGrants() throws SQLException {
    Set<String> kept = new HashSet<>(exempt);
    kept.add(PostgresRoles.current(side));
    Set<String> asked = new HashSet<>();
    for (RelationGrants relation : PostgresGrants.read(side, families, kept)) {
      Revocation revocation = Revocation.of(relation, kept);
      revocation.loose().forEach(this::addLoose);
      for (Grant grant : revocation.taken()) {
        if (!grant.grantor().equals(relation.owner())
            && asked.add(grant.grantor() + " " + relation.relation())) {
          ofGrantor(relation, grant);
        }
      }
    }
  }

  /** The server leaves a column's right when its grantor loses the option on the whole table. */
  private void addLoose(Grant grant) {
    Grant option =
        new Grant(grant.relation(), grant.column(), "", grant.grantor(), grant.privilege(), true);
    obstacles.add(
        ("A right on %s was granted by %s, which has no grant option any more and could not give it"
                + " back: %s;")
            .formatted(grant.relation(), grant.grantor(), option.given()));
  }

  private void ofGrantor(RelationGrants relation, Grant grant) throws SQLException {
    String query = FenceObstacleQueries.GRANTOR.replace("SET_RIGHT", setRight());
    try (PreparedStatement statement = side.prepareStatement(query)) {
      statement.setString(1, grant.grantor());
      statement.setString(2, relation.owner());
      statement.setString(3, grant.relation().schema());
      statement.setString(4, grant.relation().toString());
      addAll(statement);
    }
  }

  private String setRight() throws SQLException {
    return side.getMetaData().getDatabaseMajorVersion() >= 16 ? "SET" : "MEMBER";
  }

  private void ask(String query) throws SQLException {
    try (PreparedStatement statement = side.prepareStatement(query)) {
      addAll(statement);
    }
  }

  private void ofTables(String query) throws SQLException {
    try (PreparedStatement statement = side.prepareStatement(query)) {
      statement.setArray(1, families.oids(side));
      addAll(statement);
    }
  }

  private void ofRoles(String query) throws SQLException {
    try (PreparedStatement statement = side.prepareStatement(query)) {
      statement.setArray(1, side.createArrayOf("text", exempt.toArray()));
      addAll(statement);
    }
  }

  private void addAll(PreparedStatement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        obstacles.add(row.getString(1));
      }
    }
  }
}
