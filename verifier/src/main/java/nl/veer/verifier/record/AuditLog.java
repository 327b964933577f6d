package nl.veer.verifier.record;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What was done to a migration, who did it, when, from where, and how it ended: {@code veer.audit}
 * on the target. Entries are only ever added, one behind the other in a chain of hashes per
 * migration (see {@link AuditChain}), so that a change, a removal, an insertion or another order
 * shows. That the last entries are missing shows only to whoever knows the {@link AuditHead}.
 */
public final class AuditLog {
  private static final String COLUMNS =
      "number, at, role, host(address) AS address, process, migration, wave, what, result,"
          + " previous, hash";

  /** As an older Veer has made it. */
  private static final String OLD_COLUMNS =
      "NULL::bigint AS number, at, role, host(address) AS address, '' AS process, migration, wave,"
          + " what, '' AS result, NULL::text AS previous, NULL::text AS hash";

  private AuditLog() {}

  /**
   * Adds an entry, in the caller's transaction if there is one. Until that ends no other entry of
   * the migration can be added, so this is a transaction's last step. Makes the table, and the
   * schema, if they are not there. The transaction is READ COMMITTED: an older snapshot would not
   * see the entry before, and is refused by a unique index.
   */
  public static void append(Connection home, AuditEntry entry) throws SQLException {
    boolean own = home.getAutoCommit();
    if (own) {
      home.setAutoCommit(false);
    }
    boolean done = false;
    try {
      add(home, entry);
      if (own) {
        home.commit();
      }
      done = true;
    } finally {
      if (own) {
        if (!done) {
          home.rollback();
        }
        home.setAutoCommit(true);
      }
    }
  }

  /** The migration's entries, in their order; none if nothing was ever kept. */
  public static List<AuditRecord> read(Connection home, String migration) throws SQLException {
    if (!AuditSchema.exists(home)) {
      return List.of();
    }
    return select(
        home,
        AuditSchema.isMade(home) ? COLUMNS : OLD_COLUMNS,
        "WHERE migration = ? ORDER BY number NULLS FIRST, id",
        migration);
  }

  /**
   * The last entries of the migration's chain, the last one first; not those that are older than
   * the chain. That the chain is whole, they do not say.
   *
   * @param before only entries with a smaller number
   */
  public static List<AuditRecord> last(Connection home, String migration, long before, int limit)
      throws SQLException {
    if (!AuditSchema.exists(home) || !AuditSchema.isMade(home)) {
      return List.of();
    }
    return select(
        home,
        COLUMNS,
        "WHERE migration = ? AND number < ? ORDER BY number DESC LIMIT ?",
        migration,
        before,
        limit);
  }

  /** What is wrong first, naming the entry; empty if the chain is whole as far as it goes. */
  public static Optional<String> broken(List<AuditRecord> records) {
    return AuditChain.broken(records);
  }

  /** The chain's end; empty if there is none. */
  public static Optional<AuditHead> head(List<AuditRecord> records) {
    return records.isEmpty() ? Optional.empty() : records.get(records.size() - 1).head();
  }

  /**
   * What is wrong with a whole chain for somebody who has known its end; empty if it goes on from
   * there, or ends there.
   *
   * @param head the hash that was known, in hexadecimal
   */
  public static Optional<String> lost(List<AuditRecord> records, String head) {
    return records.stream().anyMatch(record -> head.equals(record.hash()))
        ? Optional.empty()
        : Optional.of(
            "no entry has the hash that was known as the chain's end: entries behind entry %d were"
                    .formatted(head(records).map(AuditHead::count).orElse(0L))
                + " removed, or the whole chain was made anew");
  }

  /** Whether there is a schema that it can stand in without making one. */
  public static boolean hasPlace(Connection home) throws SQLException {
    return AuditSchema.hasSchema(home);
  }

  /** Whether anything is kept, of any migration. */
  public static boolean hasAny(Connection home) throws SQLException {
    if (!AuditSchema.exists(home)) {
      return false;
    }
    try (PreparedStatement query = home.prepareStatement("SELECT FROM veer.audit LIMIT 1");
        ResultSet row = query.executeQuery()) {
      return row.next();
    }
  }

  /** Removes the migration's entries for good. Only the table's owner can. */
  public static void erase(Connection home, String migration) throws SQLException {
    if (!AuditSchema.exists(home)) {
      return;
    }
    AuditSchema.unguarded(
        home,
        () -> RecordSql.update(home, "DELETE FROM veer.audit WHERE migration = ?", migration));
  }

  private static void add(Connection home, AuditEntry entry) throws SQLException {
    AuditSchema.make(home);
    try (PreparedStatement lock =
        home.prepareStatement(
            "SELECT pg_advisory_xact_lock(hashtextextended('veer audit ' || ?, 0))")) {
      RecordSql.set(lock, entry.migration());
      lock.execute();
    }
    AuditHead head = end(home, entry.migration());
    AuditRecord record = record(home, entry, head);
    RecordSql.update(
        home,
        "INSERT INTO veer.audit (number, at, role, address, process, migration, wave, what, result,"
            + " previous, hash) VALUES (?, ?, ?, ?::text::inet, ?, ?, ?, ?, ?, ?, ?)",
        record.number(),
        record.at(),
        record.role(),
        record.address(),
        record.process(),
        record.migration(),
        record.wave(),
        record.what(),
        record.result(),
        head.hash(),
        AuditChain.hash(head.hash(), record));
  }

  /** What the next entry follows. */
  private static AuditHead end(Connection home, String migration) throws SQLException {
    List<AuditRecord> last =
        select(
            home,
            COLUMNS,
            "WHERE migration = ? AND number IS NOT NULL ORDER BY number DESC LIMIT 1",
            migration);
    if (!last.isEmpty()) {
      // An end that was tampered with is followed as it is: what follows will not hide it.
      return new AuditHead(
          last.get(0).number(), Objects.requireNonNullElse(last.get(0).hash(), ""));
    }
    List<AuditRecord> older = select(home, COLUMNS, "WHERE migration = ? ORDER BY id", migration);
    return new AuditHead(0, AuditChain.beginning(migration, older));
  }

  /** By this session's own role, address and clock. */
  private static AuditRecord record(Connection home, AuditEntry entry, AuditHead after)
      throws SQLException {
    try (PreparedStatement query =
            home.prepareStatement(
                "SELECT clock_timestamp() AS at, session_user AS role,"
                    + " host(inet_client_addr()) AS address,"
                    + " current_setting('server_encoding') = 'UTF8' AS all_characters");
        ResultSet row = query.executeQuery()) {
      row.next();
      boolean all = row.getBoolean("all_characters");
      return new AuditRecord(
          after.count() + 1,
          Objects.requireNonNull(RecordSql.instant(row, "at")),
          row.getString("role"),
          row.getString("address"),
          AuditText.storable(AuditText.process(), all),
          entry.migration(),
          entry.wave(),
          AuditText.storable(entry.what(), all),
          AuditText.storable(entry.result(), all),
          after.hash(),
          null);
    }
  }

  private static List<AuditRecord> select(
      Connection home, String columns, String which, Object... values) throws SQLException {
    List<AuditRecord> records = new ArrayList<>();
    try (PreparedStatement query =
        home.prepareStatement("SELECT " + columns + " FROM veer.audit " + which)) {
      RecordSql.set(query, values);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          records.add(
              new AuditRecord(
                  row.getLong("number"),
                  Objects.requireNonNull(RecordSql.instant(row, "at")),
                  row.getString("role"),
                  row.getString("address"),
                  row.getString("process"),
                  row.getString("migration"),
                  row.getString("wave"),
                  row.getString("what"),
                  row.getString("result"),
                  row.getString("previous"),
                  row.getString("hash")));
        }
      }
    }
    return records;
  }
}
