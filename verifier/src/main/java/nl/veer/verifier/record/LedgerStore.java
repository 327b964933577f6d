package nl.veer.verifier.record;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import nl.veer.connectors.dialect.TargetConnections;
import nl.veer.connectors.dialect.postgres.PostgresFailures;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.verifier.digest.DigestKey;
import nl.veer.verifier.ledger.Found;
import nl.veer.verifier.ledger.LedgerCheckpoint;
import nl.veer.verifier.ledger.LedgerRecords;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a wave's ledger in the target's schema {@code veer}, for the one verifier that owns it: a
 * verifier that starts begins a new epoch, and an older one can keep nothing any more. Owned by one
 * thread.
 */
public final class LedgerStore implements LedgerRecords, AutoCloseable {
  /** No answer takes longer, whatever hangs. */
  private static final Duration ANSWER = Duration.ofSeconds(30);

  private final TargetConnections target;
  private final WaveId wave;
  private final long epoch;
  private final DigestKey key;
  private @Nullable Connection open;
  private @Nullable LedgerCheckpoint saved;

  private LedgerStore(TargetConnections target, WaveId wave, long epoch, DigestKey key) {
    this.target = target;
    this.wave = wave;
    this.epoch = epoch;
    this.key = key;
  }

  /**
   * Takes the wave's ledger, making it if there is none.
   *
   * @throws Failure TRANSIENT, CONFIGURATION as the target says
   */
  public static LedgerStore claim(TargetConnections target, WaveId wave) {
    try (Connection connection = connect(target, wave)) {
      RecordSchema.make(connection);
      RecordSql.update(
          connection,
          "INSERT INTO veer.ledger (migration, wave, epoch, digest_key) VALUES (?, ?, 0, ?)"
              + " ON CONFLICT DO NOTHING",
          wave.migration(),
          wave.wave(),
          DigestKey.random().secret());
      try (PreparedStatement claim =
          connection.prepareStatement(
              "UPDATE veer.ledger SET epoch = epoch + 1 WHERE migration = ? AND wave = ?"
                  + " RETURNING epoch, digest_key")) {
        RecordSql.set(claim, wave.migration(), wave.wave());
        try (ResultSet row = claim.executeQuery()) {
          row.next();
          LedgerStore store =
              new LedgerStore(target, wave, row.getLong(1), DigestKey.of(row.getBytes(2)));
          connection.commit();
          return store;
        }
      }
    } catch (SQLException e) {
      throw PostgresFailures.target(e, "taking the ledger of wave " + wave);
    }
  }

  /** What its session is opened for; it is there for as long as a verifier keeps the ledger. */
  public static String purpose(WaveId wave) {
    return wave + " ledger";
  }

  /** The secret of this wave's digests. */
  public DigestKey key() {
    return key;
  }

  @Override
  public Optional<LedgerCheckpoint> checkpoint() {
    return asking(
        "reading the ledger of wave " + wave,
        connection -> {
          saved = CheckpointSql.read(connection, wave);
          return Optional.ofNullable(saved);
        });
  }

  @Override
  public void save(LedgerCheckpoint checkpoint, Found found) {
    asking(
        "keeping the ledger of wave " + wave,
        connection -> {
          if (!CheckpointSql.write(connection, wave, epoch, checkpoint, saved)) {
            throw new Failure(
                FailureKind.CONFLICT,
                "LEDGER_TAKEN",
                "Another verifier keeps the ledger of wave %s now, or it was removed; this one ends."
                    .formatted(wave));
          }
          FindingSql.write(connection, wave, checkpoint.echoId(), found);
          return checkpoint;
        });
    saved = checkpoint;
  }

  @Override
  public void tell(@Nullable Failure failure) {
    try {
      asking(
          "keeping how the ledger of wave " + wave + " fares",
          connection ->
              RecordSql.update(
                  connection,
                  "UPDATE veer.ledger SET failure_code = ?, failure = ?"
                      + " WHERE migration = ? AND wave = ? AND epoch = ?",
                  failure == null ? null : failure.code(),
                  failure == null ? null : String.valueOf(failure.getMessage()),
                  wave.migration(),
                  wave.wave(),
                  epoch));
    } catch (Failure e) {
      // The target is away, most likely; then nobody else learns anything there either.
      return;
    }
  }

  private interface Question<T> {
    T ask(Connection connection) throws SQLException;
  }

  /** One transaction. After a failure the next question opens a new session. */
  private <T> T asking(String doing, Question<T> question) {
    boolean done = false;
    try {
      Connection connection = open;
      if (connection == null) {
        connection = connect(target, wave);
        open = connection;
      }
      T answer = question.ask(connection);
      connection.commit();
      done = true;
      return answer;
    } catch (SQLException e) {
      throw PostgresFailures.target(e, doing);
    } finally {
      if (!done) {
        close();
      }
    }
  }

  private static Connection connect(TargetConnections target, WaveId wave) throws SQLException {
    Connection connection = target.openBounded(purpose(wave), ANSWER);
    try {
      connection.setAutoCommit(false);
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /** How a wave's ledger stands; empty if it was never begun. */
  public static Optional<LedgerView> view(Connection connection, WaveId wave) throws SQLException {
    if (!RecordSchema.exists(connection)) {
      return Optional.empty();
    }
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT saved_at, failure_code, failure FROM veer.ledger WHERE migration = ? AND wave = ?")) {
      RecordSql.set(query, wave.migration(), wave.wave());
      try (ResultSet row = query.executeQuery()) {
        return row.next()
            ? Optional.of(
                new LedgerView(
                    CheckpointSql.read(connection, wave),
                    RecordSql.instant(row, "saved_at"),
                    row.getString("failure_code"),
                    row.getString("failure"),
                    FindingRecords.open(connection, wave).values().stream()
                        .mapToLong(OpenFindings::count)
                        .sum()))
            : Optional.empty();
      }
    }
  }

  /**
   * A wave's findings, oldest first.
   *
   * @param table {@code schema.table}; null for all
   */
  public static List<FindingRecord> findings(
      Connection connection, WaveId wave, @Nullable String table, int limit) throws SQLException {
    return RecordSchema.exists(connection)
        ? FindingRecords.read(connection, wave, table, limit)
        : List.of();
  }

  /** Forgets how far a wave's ledger is, so that it begins anew; its findings stay. */
  public static void forgetPlace(Connection connection, WaveId wave) throws SQLException {
    delete(connection, wave, List.of("ledger", "ledger_tolerance", "ledger_boundary"));
  }

  /** Forgets all of a wave. */
  public static void forget(Connection connection, WaveId wave) throws SQLException {
    forgetPlace(connection, wave);
    delete(connection, wave, List.of("finding"));
  }

  private static void delete(Connection connection, WaveId wave, List<String> tables)
      throws SQLException {
    if (RecordSchema.exists(connection)) {
      for (String table : tables) {
        RecordSql.update(
            connection,
            "DELETE FROM veer." + table + " WHERE migration = ? AND wave = ?",
            wave.migration(),
            wave.wave());
      }
    }
  }

  @Override
  public void close() {
    Connection connection = open;
    open = null;
    if (connection != null) {
      try {
        connection.close();
      } catch (SQLException e) {
        // Broken already; the server undoes what it held.
        return;
      }
    }
  }
}
