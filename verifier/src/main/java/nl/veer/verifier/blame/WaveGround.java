package nl.veer.verifier.blame;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import nl.veer.connectors.dialect.Boundary;
import nl.veer.connectors.dialect.ColumnSchema;
import nl.veer.connectors.dialect.postgres.PostgresCatalog;
import nl.veer.connectors.dialect.postgres.PostgresSnapshot;
import nl.veer.connectors.event.Position;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.WaveId;
import nl.veer.verifier.scan.postgres.ScanSession;
import nl.veer.verifier.scan.postgres.TableFacts;
import nl.veer.verifier.scan.postgres.TableMatch;
import nl.veer.verifier.value.Tolerance;
import nl.veer.verifier.value.Tolerances;

/** Puts together what is known of a wave's tables, from both catalogs and the target's records. */
public record WaveGround(WaveId wave, Tolerances tolerances) {
  /** The replicator joins names of columns by it. */
  private static final String UNIT_SEPARATOR = "\u001f";

  private static final String LOADS =
      """
      SELECT table_schema, table_name, key_columns, whole_before, boundary, boundary_position
      FROM veer.load WHERE migration = ? AND wave = ? AND state = 'COMPLETE'
      """;

  /** Of the table and its partitions: what fires in a session of the replicator's. */
  private static final String TRIGGERS =
      """
      WITH tree AS (SELECT pg_catalog.to_regclass(?)::oid AS oid
                    UNION SELECT relid FROM pg_catalog.pg_partition_tree(pg_catalog.to_regclass(?)))
      SELECT 'trigger ' || tgname FROM pg_catalog.pg_trigger
      WHERE tgrelid IN (SELECT oid FROM tree) AND NOT tgisinternal AND tgenabled IN ('A', 'R')
      UNION
      SELECT 'rule ' || rulename FROM pg_catalog.pg_rewrite
      WHERE ev_class IN (SELECT oid FROM tree) AND rulename <> '_RETURN' AND ev_enabled IN ('A', 'R')
      ORDER BY 1
      """;

  private record Load(List<String> key, boolean wholeBefore, Boundary boundary) {}

  /** Those of the tables that are loaded, and that both sides have alike. */
  public Map<TableId, BlamedTable> read(
      ScanSession source, ScanSession target, Collection<TableId> tables) {
    Map<TableId, TableFacts> there = source.ask("reading its tables", TableFacts::read);
    Map<TableId, TableFacts> here = target.ask("reading its tables", TableFacts::read);
    Map<TableId, Set<String>> computed = new HashMap<>();
    source.ask("reading its columns", connection -> computed(connection, computed));
    target.ask("reading its columns", connection -> computed(connection, computed));
    Map<TableId, Load> loads = target.ask("reading the loads", c -> loads(c, wave));
    Map<TableId, BlamedTable> ground = new HashMap<>();
    for (TableId id : new TreeSet<>(tables)) {
      Load load = loads.get(id);
      TableFacts sourceFacts = there.get(id);
      TableFacts targetFacts = here.get(id);
      if (load != null
          && sourceFacts != null
          && targetFacts != null
          && TableMatch.of(id, sourceFacts, targetFacts, Tolerances.NONE)
              instanceof TableMatch.Match.Comparable match) {
        ground.put(
            id,
            new BlamedTable(
                match.table(),
                sourceFacts,
                targetFacts,
                load.key(),
                load.wholeBefore(),
                load.boundary(),
                computed.getOrDefault(id, Set.of()),
                leftOut(id),
                target.ask("reading the triggers of " + id, c -> triggers(c, id))));
      }
    }
    return ground;
  }

  private Set<String> leftOut(TableId table) {
    return tolerances.declared().stream()
        .filter(one -> one instanceof Tolerance.LeftOut && one.table().equals(table))
        .map(Tolerance::column)
        .collect(Collectors.toSet());
  }

  private static boolean computed(Connection connection, Map<TableId, Set<String>> into)
      throws SQLException {
    PostgresCatalog.tables(connection)
        .forEach(
            table ->
                table.columns().stream()
                    .filter(ColumnSchema::generated)
                    .forEach(
                        column ->
                            into.computeIfAbsent(table.id(), any -> new HashSet<>())
                                .add(column.name())));
    return true;
  }

  private static Map<TableId, Load> loads(Connection connection, WaveId wave) throws SQLException {
    Map<TableId, Load> loads = new HashMap<>();
    try (PreparedStatement query = connection.prepareStatement(LOADS)) {
      query.setString(1, wave.migration());
      query.setString(2, wave.wave());
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          String key = row.getString(3);
          loads.put(
              new TableId(row.getString(1), row.getString(2)),
              new Load(
                  key.isEmpty() ? List.of() : Arrays.asList(key.split(UNIT_SEPARATOR, -1)),
                  row.getBoolean(4),
                  PostgresSnapshot.parse(row.getString(5), Position.parse(row.getString(6)))));
        }
      }
    }
    return loads;
  }

  private static List<String> triggers(Connection connection, TableId table) throws SQLException {
    List<String> triggers = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement(TRIGGERS)) {
      query.setString(1, table.quoted());
      query.setString(2, table.quoted());
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          triggers.add(row.getString(1));
        }
      }
    }
    return triggers;
  }
}
