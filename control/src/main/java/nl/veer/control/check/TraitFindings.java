package nl.veer.control.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import nl.veer.connectors.dialect.TableSchema;
import nl.veer.connectors.dialect.postgres.PostgresServerTraits;
import nl.veer.connectors.dialect.postgres.PostgresTableTraits;
import nl.veer.connectors.event.TableId;

/** Judges what is unusual about servers and tables: what the log does not tell. Pure. */
final class TraitFindings {
  private TraitFindings() {}

  /** Of a server, as source or target. */
  static List<Finding> ofServer(String side, PostgresServerTraits server) {
    List<Finding> findings = new ArrayList<>();
    if (server.encoding().equals("SQL_ASCII")) {
      findings.add(
          Finding.error(
              "ENCODING",
              side,
              "The database's encoding is SQL_ASCII: its bytes have no known meaning, so text"
                  + " cannot be carried exactly.",
              "Move the database into one with encoding UTF8 first."));
    }
    if (side.equals("source") && !server.unreadableTypes().isEmpty()) {
      findings.add(
          Finding.error(
              "SOURCE_TYPE",
              side,
              "Debezium does not start on a database with a domain over an enum, or an enum without"
                  + " labels, in whatever schema and used or not: "
                  + String.join(", ", server.unreadableTypes())
                  + ".",
              "Give the columns the enum itself and a CHECK constraint, and DROP DOMAIN."));
    }
    if (side.equals("source") && !server.idleSlotTimeout().equals("0")) {
      findings.add(
          Finding.warning(
              "IDLE_SLOT_TIMEOUT",
              side,
              "idle_replication_slot_timeout is "
                  + server.idleSlotTimeout()
                  + ": the server drops a slot that nobody reads for so long, and the wave is lost.",
              "ALTER SYSTEM SET idle_replication_slot_timeout = 0; SELECT pg_reload_conf();"));
    }
    return findings;
  }

  /** Of the wave's tables on the source. */
  static List<Finding> ofSource(
      List<TableSchema> tables, Map<TableId, PostgresTableTraits> traits, String user) {
    List<Finding> findings = new ArrayList<>();
    for (TableSchema table : tables) {
      PostgresTableTraits found = traits.get(table.id());
      if (found != null) {
        source(findings, table.id(), found, user);
      }
    }
    return findings;
  }

  private static void source(
      List<Finding> findings, TableId id, PostgresTableTraits table, String user) {
    if (table.hidesRows()) {
      findings.add(hidden(id, "source", user));
    }
    if (table.partitioned()) {
      findings.add(
          Finding.warning(
              "PARTITIONS_BY_HAND",
              id.toString(),
              "It is partitioned. The log tells changes of rows and TRUNCATE of the whole table, but"
                  + " not ATTACH or DETACH of a partition with rows, DROP of one, or TRUNCATE of a"
                  + " single one.",
              "Leave those out while the wave lives, or afterwards: veer load --again --table "
                  + id));
    }
    if (!table.outside().isEmpty()) {
      findings.add(
          Finding.error(
              "PARTITION_OUTSIDE",
              id.toString(),
              "The log does not hold partitions that are foreign tables or unlogged: "
                  + String.join(", ", table.outside())
                  + ".",
              "DETACH them, make them logged (ALTER TABLE … SET LOGGED), or exclude the table."));
    }
    if (table.inherits()) {
      findings.add(
          Finding.warning(
              "INHERITANCE",
              id.toString(),
              "It inherits, or is inherited from. Each table is carried with its own rows only.",
              "Have parents and children in the same wave, with the same inheritance on the"
                  + " target."));
    }
  }

  /** Of the same tables on the target. */
  static List<Finding> ofTarget(
      List<TableSchema> tables,
      Map<TableId, PostgresTableTraits> source,
      Map<TableId, PostgresTableTraits> target,
      String user) {
    List<Finding> findings = new ArrayList<>();
    for (TableSchema table : tables) {
      PostgresTableTraits here = source.get(table.id());
      PostgresTableTraits there = target.get(table.id());
      if (here == null || there == null) {
        continue;
      }
      if (there.hidesRows()) {
        findings.add(hidden(table.id(), "target", user));
      }
      if (there.deferrable()) {
        findings.add(
            Finding.warning(
                "DEFERRABLE",
                table.id().toString(),
                "It has a deferrable unique or exclusion constraint on the target. There it is"
                    + " checked by statements that need not be the source's; should one fail, the"
                    + " transaction is applied change by change.",
                "Nothing, or make it NOT DEFERRABLE on the target."));
      }
      if (!here.identityColumns().isEmpty()
          && !there.uniqueKeys().contains(here.identityColumns())) {
        findings.add(identity(table.id(), here.identityColumns()));
      }
    }
    return findings;
  }

  private static Finding identity(TableId id, List<String> columns) {
    return Finding.error(
        "IDENTITY_INDEX",
        id.toString(),
        "Its rows are identified by (%s), which is not unique on the target."
            .formatted(String.join(", ", columns)),
        "CREATE UNIQUE INDEX ON %s (%s);"
            .formatted(
                id.quoted(),
                String.join(", ", columns.stream().map(SourceFindings::quote).toList())));
  }

  private static Finding hidden(TableId id, String side, String user) {
    return Finding.error(
        "ROW_SECURITY",
        id.toString(),
        "Row level security hides rows of it from role %s on the %s.".formatted(user, side),
        "ALTER ROLE %s BYPASSRLS; -- on the %s, as a superuser"
            .formatted(SourceFindings.quote(user), side));
  }
}
