package nl.veer.control.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import nl.veer.connectors.dialect.postgres.PostgresPreflightTarget;
import nl.veer.connectors.event.TableId;

/** Judges a target: rights and emptiness. Pure. */
final class TargetFindings {
  private TargetFindings() {}

  /**
   * @param begun tables whose load Veer has begun already; they need not be empty
   */
  static List<Finding> of(PostgresPreflightTarget target, String user, Set<TableId> begun) {
    List<Finding> findings = new ArrayList<>();
    if (target.standby()) {
      findings.add(
          Finding.error(
              "STANDBY", "target", "The server is a standby.", "Point target.url at the primary."));
    }
    if (!target.mayFollow()) {
      findings.add(
          Finding.error(
              "FOLLOWER_RIGHT",
              "target",
              "Role "
                  + user
                  + " may not set session_replication_role, so triggers and foreign keys would"
                  + " fire.",
              "GRANT SET ON PARAMETER session_replication_role TO %s; -- before 15: superuser"
                  .formatted(SourceFindings.quote(user))));
    }
    if (!target.mayStamp()) {
      findings.add(
          Finding.error(
              "STAMP_RIGHT",
              "target",
              "Role " + user + " may not create the schema veer, which holds the stamp.",
              "CREATE SCHEMA veer AUTHORIZATION " + SourceFindings.quote(user) + ";"));
    }
    target.tables().entrySet().stream()
        .sorted(java.util.Map.Entry.comparingByKey())
        .forEach(table -> table(findings, table.getKey(), table.getValue(), user, begun));
    return findings;
  }

  private static void table(
      List<Finding> findings,
      TableId id,
      PostgresPreflightTarget.Table table,
      String user,
      Set<TableId> begun) {
    if (!table.missing().isEmpty()) {
      String privileges = String.join(", ", table.missing());
      findings.add(
          Finding.error(
              "WRITE_RIGHT",
              id.toString(),
              "Role %s lacks %s of it on the target.".formatted(user, privileges),
              "GRANT %s ON %s TO %s;"
                  .formatted(privileges, id.quoted(), SourceFindings.quote(user))));
    } else if (!table.empty() && !begun.contains(id)) {
      findings.add(
          Finding.error(
              "NOT_EMPTY",
              id.toString(),
              "It holds rows on the target.",
              "TRUNCATE %s; -- or let the load do it: veer run --truncate".formatted(id.quoted())));
    }
  }
}
