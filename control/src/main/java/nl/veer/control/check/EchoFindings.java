package nl.veer.control.check;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import nl.veer.connectors.dialect.RowIdentity;
import nl.veer.connectors.dialect.postgres.PostgresPreflight;
import nl.veer.connectors.dialect.postgres.PostgresPreflightSource;
import nl.veer.connectors.dialect.postgres.PostgresPublications;
import nl.veer.connectors.dialect.postgres.PostgresReplicaIdentities;
import nl.veer.connectors.dialect.postgres.PostgresReplicaIdentities.Lacking;
import nl.veer.connectors.dialect.postgres.PostgresRights;
import nl.veer.connectors.dialect.postgres.PostgresSlots;
import nl.veer.connectors.event.EchoId;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.WaveId;
import nl.veer.control.config.Size;
import nl.veer.replicator.stamp.WaveRecords;

/**
 * Looks at a target as at something that is captured, which the echo makes it. Every remedy is one
 * of two: what it says, or to do without the proof.
 */
final class EchoFindings {
  private final Connection target;
  private final String user;
  private final Map<WaveId, List<TableId>> waves;
  private final List<Finding> findings = new ArrayList<>();

  private EchoFindings(Connection target, String user, Map<WaveId, List<TableId>> waves) {
    this.target = target;
    this.user = user;
    this.waves = waves;
  }

  /**
   * @param identities how the source's log identifies the rows of each table
   */
  static List<Finding> of(
      Connection target,
      String user,
      Map<WaveId, List<TableId>> waves,
      Map<TableId, RowIdentity> identities)
      throws SQLException {
    EchoFindings look = new EchoFindings(target, user, waves);
    Set<TableId> tables = new HashSet<>();
    waves.values().forEach(tables::addAll);
    PostgresPreflightSource facts = PostgresPreflight.source(target, tables);
    look.findings.addAll(
        SourceFindings.ofEcho(
            facts, user, new HashSet<>(waves.keySet().stream().map(WaveId::echo).toList())));
    look.unlogged(facts.unlogged(), tables);
    for (WaveId wave : waves.keySet()) {
      look.publication(wave, facts.mayCreate());
      look.unread(wave);
    }
    look.identities(identities);
    return look.findings;
  }

  private void unread(WaveId wave) throws SQLException {
    PostgresSlots.find(target, wave.echo().slot())
        .filter(slot -> !slot.isActive())
        .ifPresent(
            slot ->
                findings.add(
                    Finding.warning(
                        "ECHO_UNREAD",
                        "echo of wave " + wave.wave(),
                        "Nobody reads its slot now, and the target keeps its WAL for it: %s so far."
                            .formatted(Size.approximately(Math.max(0, slot.lagBytes()))),
                        "Start veer verify or veer run; or verification: {ledger: false} and veer"
                            + " verify --again, which removes the slot")));
  }

  private void unlogged(List<TableId> unlogged, Set<TableId> tables) {
    unlogged.stream()
        .filter(tables::contains)
        .forEach(
            table ->
                findings.add(
                    Finding.error(
                        "UNLOGGED",
                        table.toString(),
                        "It is unlogged on the target, whose log cannot hold it.",
                        "ALTER TABLE %s SET LOGGED; -- on the target".formatted(table.quoted()))));
  }

  private void publication(WaveId wave, boolean mayCreate) throws SQLException {
    EchoId echo = wave.echo();
    List<TableId> tables = waves.getOrDefault(wave, List.of());
    if (tables.isEmpty()) {
      return;
    }
    if (PostgresPublications.exists(target, echo.publication())) {
      difference(echo, tables)
          .ifPresent(
              difference ->
                  add(
                      "PUBLICATION_DIFFERS",
                      echo,
                      "The target's publication %s is not that of the wave's echo: %s."
                          .formatted(echo.publication(), difference),
                      "DROP PUBLICATION %s; %s -- then veer verify --again"
                          .formatted(
                              SourceFindings.quote(echo.publication()), statement(echo, tables))));
    } else if (!mayCreate
        || !PostgresRights.owned(target, new HashSet<>(tables)).containsAll(tables)) {
      add(
          "PUBLICATION",
          echo,
          "Its publication is not there, and role %s may not make it: it must own the target's tables"
                  .formatted(user)
              + " and may create in the database.",
          "As superuser: " + statement(echo, tables));
    }
  }

  /** Veer adds its own tables to a publication that is its own. */
  private Optional<String> difference(EchoId echo, List<TableId> tables) throws SQLException {
    List<TableId> all = new ArrayList<>(tables);
    all.addAll(WaveRecords.TABLES);
    Optional<String> difference = PostgresPublications.difference(target, echo.publication(), all);
    boolean own = !PostgresPublications.isAnothers(target, echo.publication());
    return own && PostgresPublications.difference(target, echo.publication(), tables).isEmpty()
        ? Optional.empty()
        : difference;
  }

  private String statement(EchoId echo, List<TableId> tables) {
    return "%s; ALTER PUBLICATION %s OWNER TO %s;"
        .formatted(
            PostgresPublications.statement(echo.publication(), tables),
            echo.publication(),
            SourceFindings.quote(user));
  }

  private void identities(Map<TableId, RowIdentity> identities) throws SQLException {
    for (Lacking lacking : PostgresReplicaIdentities.lacking(target, identities)) {
      if (!lacking.owned()) {
        findings.add(
            Finding.error(
                "ECHO_IDENTITY",
                lacking.relation().toString(),
                "Its replica identity on the target says too little of old rows for the echo, and"
                    + " role %s does not own it.".formatted(user),
                "As its owner, on the target: " + lacking.statement() + ";"));
      }
    }
  }

  private void add(String code, EchoId echo, String message, String remedy) {
    findings.add(
        Finding.error(
            code,
            "echo of wave " + echo.wave().wave(),
            message,
            remedy + " -- or verification: {ledger: false}"));
  }
}
