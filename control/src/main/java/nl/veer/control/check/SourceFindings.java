package nl.veer.control.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import nl.veer.connectors.dialect.ReplicaIdentity;
import nl.veer.connectors.dialect.postgres.PostgresPreflightSource;
import nl.veer.connectors.dialect.postgres.PostgresPreflightSource.Relation;
import nl.veer.connectors.event.EchoId;
import nl.veer.connectors.event.LogId;
import nl.veer.connectors.event.WaveId;

/**
 * Judges a source: settings, rights, room for slots, identities and types; and of a target that is
 * captured, what holds for it as well. Pure.
 */
final class SourceFindings {
  /** pgoutput with logical messages, which heartbeats and markers are. */
  private static final int OLDEST_VERSION = 140_000;

  private final PostgresPreflightSource source;
  private final String side;
  private final String user;
  private final List<Finding> findings = new ArrayList<>();

  private SourceFindings(PostgresPreflightSource source, String side, String user) {
    this.source = source;
    this.side = side;
    this.user = user;
  }

  static List<Finding> of(PostgresPreflightSource source, String user, Set<WaveId> waves) {
    SourceFindings judge = new SourceFindings(source, "source", user);
    judge.server();
    judge.log();
    judge.room(waves);
    judge.rights();
    source.relations().forEach(judge::identity);
    judge.contents();
    return judge.findings;
  }

  /** Of a target, to which whatever it shares with a source has a remedy of its own. */
  static List<Finding> ofEcho(PostgresPreflightSource target, String user, Set<EchoId> echoes) {
    SourceFindings judge = new SourceFindings(target, "target", user);
    judge.log();
    judge.room(echoes);
    judge.replication();
    return judge.findings;
  }

  private void server() {
    if (source.version() < OLDEST_VERSION) {
      error("VERSION", "The server is older than PostgreSQL 14.", "Upgrade the source first.");
    }
    if (source.standby()) {
      error("STANDBY", "The server is a standby.", "Point source.url at the primary.");
    }
  }

  private void log() {
    if (!source.walLevel().equals("logical")) {
      error(
          "WAL_LEVEL",
          "wal_level is " + source.walLevel() + "; changes cannot be captured.",
          "ALTER SYSTEM SET wal_level = logical; -- then restart the server");
    }
    if (!source.slotKeepSize().equals("-1")) {
      warning(
          "SLOT_KEEP_SIZE",
          "max_slot_wal_keep_size is "
              + source.slotKeepSize()
              + ": the server drops a slot that falls further behind, and the "
              + (side.equals("source") ? "wave" : "echo")
              + " is lost.",
          "ALTER SYSTEM SET max_slot_wal_keep_size = -1; SELECT pg_reload_conf();");
    }
  }

  private void room(Set<? extends LogId> logs) {
    long missing = logs.stream().filter(w -> !source.slots().containsKey(w.slot())).count();
    int free = source.maxSlots() - source.slots().size();
    if (free < missing) {
      error(
          "SLOTS",
          "%d replication slots are needed and %d are free.".formatted(missing, free),
          "ALTER SYSTEM SET max_replication_slots = %d; -- then restart the server"
              .formatted(source.slots().size() + missing));
    }
    long idle = logs.stream().filter(w -> !isActive(w)).count();
    int freeSenders = source.maxSenders() - source.usedSenders();
    if (freeSenders < idle) {
      error(
          "WAL_SENDERS",
          "%d WAL senders are needed and %d are free.".formatted(idle, freeSenders),
          "ALTER SYSTEM SET max_wal_senders = %d; -- then restart the server"
              .formatted(source.usedSenders() + idle));
    }
  }

  private boolean isActive(LogId log) {
    return "active".equals(source.slots().get(log.slot()));
  }

  private void replication() {
    if (!source.mayReplicate()) {
      error(
          "REPLICATION_RIGHT",
          "Role " + user + " may not use replication.",
          "ALTER ROLE " + quote(user) + " REPLICATION;");
    }
  }

  private void rights() {
    replication();
    if (!source.mayCreate()) {
      error(
          "CREATE_RIGHT",
          "Role " + user + " may not create a publication.",
          "GRANT CREATE ON DATABASE … TO " + quote(user) + ";");
    }
  }

  private void identity(Relation relation) {
    String table = relation.id().quoted();
    String subject = relation.id().toString();
    if (!relation.mayRead()) {
      findings.add(
          Finding.error(
              "SELECT_RIGHT",
              subject,
              "Role " + user + " may not read it.",
              "GRANT SELECT ON %s TO %s;".formatted(readable(relation), quote(user))));
    }
    if (!relation.mayPublish()) {
      findings.add(
          Finding.error(
              "OWNER_RIGHT",
              subject,
              "Role " + user + " does not own it, so it cannot publish it.",
              "Let its owner make the publication (PUBLICATION has the SQL), or GRANT (the owner)"
                  + " TO "
                  + quote(user)
                  + ";"));
    }
    boolean blind =
        relation.identity() == ReplicaIdentity.NOTHING
            || (relation.identity() == ReplicaIdentity.DEFAULT && !relation.hasKey())
            || (relation.identity() == ReplicaIdentity.INDEX && !relation.hasIdentityIndex());
    if (blind) {
      findings.add(
          Finding.error(
              "REPLICA_IDENTITY",
              subject,
              "Its replica identity says nothing of old rows, so updates and deletes cannot be"
                  + " carried.",
              "ALTER TABLE " + table + " REPLICA IDENTITY FULL;"));
    } else if (!relation.hasKey() && relation.identity() == ReplicaIdentity.FULL) {
      findings.add(
          Finding.warning(
              "NO_KEY",
              subject,
              "It has no primary key: each update and delete compares whole rows, which is slow.",
              "ALTER TABLE " + table + " ADD PRIMARY KEY (…); -- if it can have one"));
    }
  }

  /** Changes come under the root's name; the load reads the leaf. */
  private static String readable(Relation relation) {
    return relation.root().equals(relation.id())
        ? relation.root().quoted()
        : relation.root().quoted() + ", " + relation.id().quoted();
  }

  private void contents() {
    source
        .refusedTypes()
        .forEach(
            column ->
                findings.add(
                    Finding.error(
                        "TYPE",
                        column.table() + "." + column.column(),
                        "It cannot be carried exactly: " + column.reason() + ".",
                        "Exclude " + column.table() + " from the wave, or change the type.")));
    source
        .unlogged()
        .forEach(
            table ->
                findings.add(
                    Finding.warning(
                        "UNLOGGED",
                        table.toString(),
                        "It is unlogged: the source's log does not hold it, so it is left out.",
                        "ALTER TABLE " + table.quoted() + " SET LOGGED;")));
    if (source.largeObjects()) {
      warning(
          "LARGE_OBJECTS",
          "There are large objects (pg_largeobject); they are not carried.",
          "Copy them by hand, or move them into bytea columns.");
    }
  }

  private void error(String code, String message, String remedy) {
    findings.add(Finding.error(code, side, message, remedy));
  }

  private void warning(String code, String message, String remedy) {
    findings.add(Finding.warning(code, side, message, remedy));
  }

  static String quote(String identifier) {
    return '"' + identifier.replace("\"", "\"\"") + '"';
  }
}
