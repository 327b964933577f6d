package nl.veer.control.finish;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.control.home.HomeTables;
import nl.veer.control.home.HomeTransaction;
import nl.veer.verifier.record.AuditEntry;
import nl.veer.verifier.record.AuditLog;
import org.jspecify.annotations.Nullable;

/**
 * The finish of a migration that was begun and is not done: {@code veer.finish} at home. It holds
 * the last report, for what that was read from is being removed. Stateless.
 */
public final class FinishStore {
  /** In the audit log, for each finish, whatever becomes of the records. */
  static final String REPORT = "last report";

  private static final String TABLE =
      """
      CREATE TABLE IF NOT EXISTS veer.finish (
        migration text PRIMARY KEY, begun_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        archive boolean NOT NULL, unfence boolean NOT NULL, reason text, waves text NOT NULL,
        verdict text NOT NULL, report text NOT NULL, page text NOT NULL)
      """;

  private FinishStore() {}

  static Optional<FinishRecord> find(Connection home, String migration) throws SQLException {
    if (!HomeTables.exists(home, "veer.finish")) {
      return Optional.empty();
    }
    try (PreparedStatement query =
        home.prepareStatement("SELECT * FROM veer.finish WHERE migration = ?")) {
      query.setString(1, migration);
      try (ResultSet row = query.executeQuery()) {
        return row.next() ? Optional.of(record(row)) : Optional.empty();
      }
    }
  }

  /**
   * @throws Failure CONFLICT if one was begun
   */
  public static void requireNone(Connection home, String migration) throws SQLException {
    if (find(home, migration).isPresent()) {
      throw new Failure(
          FailureKind.CONFLICT,
          "FINISH_STANDS",
          "The finish of migration %s was begun, and part of it is removed. Go on with: veer finish"
              .formatted(migration));
    }
  }

  /** Removes what is kept of the migration, of all its finishes. */
  public static void eraseArchive(Connection home, String migration) throws SQLException {
    Archive.erase(home, migration);
  }

  /** Whether the migration was ever finished, as the audit log has it. */
  static boolean wasFinished(Connection home, String migration) throws SQLException {
    return AuditLog.read(home, migration).stream().anyMatch(one -> one.what().equals(REPORT));
  }

  /**
   * Begins it, with its entry in the audit log.
   *
   * @param home whose transactions commit by themselves
   * @param waves where each of them stays
   */
  static FinishRecord begin(
      Connection home,
      String migration,
      FinishOptions options,
      List<FinishedWave> waves,
      LastReport report)
      throws SQLException {
    HomeTransaction.of(
        home,
        () -> {
          try (Statement statement = home.createStatement()) {
            statement.execute(TABLE);
          }
          if (options.archive()) {
            Archive.make(home);
          }
          try (PreparedStatement insert =
              home.prepareStatement(
                  "INSERT INTO veer.finish (migration, archive, unfence, reason, waves, verdict,"
                      + " report, page) VALUES (?, ?, ?, ?, ?, ?, ?, ?)")) {
            insert.setString(1, migration);
            insert.setBoolean(2, options.archive());
            insert.setBoolean(3, options.unfence());
            insert.setString(4, options.despite());
            insert.setString(5, FinishedWave.text(waves));
            insert.setString(6, report.verdict());
            insert.setString(7, report.json());
            insert.setString(8, report.page());
            insert.executeUpdate();
          }
          AuditLog.append(
              home,
              new AuditEntry(
                  migration,
                  "",
                  REPORT,
                  "%s, SHA-256 %s".formatted(report.verdict(), report.sha256())));
        });
    return find(home, migration).orElseThrow();
  }

  /**
   * Ends it: keeps the report if the records are kept.
   *
   * @param home whose transactions commit by themselves
   */
  static void end(Connection home, FinishRecord record) throws SQLException {
    HomeTransaction.of(
        home,
        () -> {
          if (record.archive()) {
            new Archive(home, record.migration(), record.begunAt())
                .keepText("report", record.report().json());
          }
          try (PreparedStatement delete =
              home.prepareStatement("DELETE FROM veer.finish WHERE migration = ?")) {
            delete.setString(1, record.migration());
            delete.executeUpdate();
          }
        });
  }

  private static FinishRecord record(ResultSet row) throws SQLException {
    @Nullable String reason = row.getString("reason");
    return new FinishRecord(
        row.getString("migration"),
        Objects.requireNonNull(row.getTimestamp("begun_at")).toInstant(),
        row.getBoolean("archive"),
        row.getBoolean("unfence"),
        reason,
        FinishedWave.parse(row.getString("waves")),
        new LastReport(row.getString("verdict"), row.getString("report"), row.getString("page")));
  }
}
