package nl.veer.verifier.record;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import nl.veer.connectors.dialect.TargetConnections;
import nl.veer.connectors.dialect.postgres.PostgresSessions;
import nl.veer.connectors.event.Position;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.verifier.digest.DigestKey;
import nl.veer.verifier.record.ProgressSql.Kept;
import nl.veer.verifier.scan.ScanRecords;
import nl.veer.verifier.scan.TableProgress;
import nl.veer.verifier.verdict.TableStatement;
import nl.veer.verifier.verdict.UnknownReason;
import nl.veer.verifier.verdict.Verdict;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a wave's scans in the target's schema {@code veer}: how far each table is, what was said of
 * it, and what differs. Progress belongs to the one that claimed it last; an older one keeps none
 * any more. What a scan says is true whoever said it, so that several may. Safe for use by several
 * threads.
 */
public final class ScanStore implements ScanRecords, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ScanStore.class);

  /** Deadlocks and lost connections pass; a scan of hours is worth more than one try. */
  private static final int ATTEMPTS = 5;

  private static final Duration BETWEEN = Duration.ofMillis(300);

  /** Which load it is, and before anything is looked at, how far the target is. */
  private static final String BEGINNING =
      """
      SELECT pg_catalog.pg_current_wal_insert_lsn()::text,
             pg_catalog.pg_current_snapshot()::text, clock_timestamp() AS at,
             (SELECT boundary || ' ' || extract(epoch FROM completed_at) FROM veer.load
              WHERE migration = ? AND wave = ? AND table_schema = ? AND table_name = ?
                AND state = 'COMPLETE') AS mark
      """;

  private final RecordSession session;
  private final WaveId wave;
  private volatile long epoch;
  private final DigestKey secret;
  private final ScanKind kind;
  private final Map<TableId, Beginning> begun = new ConcurrentHashMap<>();

  private ScanStore(
      RecordSession session, WaveId wave, long epoch, DigestKey secret, ScanKind kind) {
    this.session = session;
    this.wave = wave;
    this.epoch = epoch;
    this.secret = secret;
    this.kind = kind;
  }

  /**
   * Takes the progress of the wave's scans, for such as somebody asked for.
   *
   * @throws Failure TRANSIENT, CONFIGURATION as the target says
   */
  public static ScanStore claim(TargetConnections target, WaveId wave) {
    return claim(target, wave, ScanKind.ASKED);
  }

  /**
   * Takes the progress of the wave's scans.
   *
   * @param kind what is said of why they were made
   * @throws Failure TRANSIENT, CONFIGURATION as the target says
   */
  public static ScanStore claim(TargetConnections target, WaveId wave, ScanKind kind) {
    RecordSession session = new RecordSession(target, purpose(wave));
    try {
      return session.ask(
          "taking the scans of wave " + wave,
          connection -> {
            RecordSchema.make(connection);
            return new ScanStore(
                session, wave, nextEpoch(connection, wave), secret(connection, wave), kind);
          });
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
  }

  /** Takes the progress back, if another has taken it since. */
  public void renew() {
    epoch =
        session.ask("taking the scans of wave " + wave, connection -> nextEpoch(connection, wave));
  }

  /** What its session is opened for. */
  public static String purpose(WaveId wave) {
    return wave + " scans";
  }

  private static long nextEpoch(Connection connection, WaveId wave) throws SQLException {
    try (PreparedStatement claim =
        connection.prepareStatement(
            "INSERT INTO veer.scanner AS s (migration, wave, epoch) VALUES (?, ?, 1)"
                + " ON CONFLICT (migration, wave) DO UPDATE SET epoch = s.epoch + 1"
                + " RETURNING epoch")) {
      RecordSql.set(claim, wave.migration(), wave.wave());
      try (ResultSet row = claim.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  private static DigestKey secret(Connection connection, WaveId wave) throws SQLException {
    RecordSql.update(
        connection,
        "INSERT INTO veer.scan_secret VALUES (?, ?) ON CONFLICT DO NOTHING",
        wave.migration(),
        DigestKey.random().secret());
    try (PreparedStatement query =
        connection.prepareStatement("SELECT secret FROM veer.scan_secret WHERE migration = ?")) {
      RecordSql.set(query, wave.migration());
      try (ResultSet row = query.executeQuery()) {
        row.next();
        return DigestKey.of(row.getBytes(1));
      }
    }
  }

  /** The secret of the migration's scans; sums under it add up, whoever took them. */
  public DigestKey secret() {
    return secret;
  }

  @Override
  public Optional<TableProgress> progress(TableId table) {
    return session.ask(
        "reading how far the scan of " + table + " is",
        connection -> {
          begun.remove(table);
          Optional<Beginning> now = beginning(connection, table);
          if (now.isEmpty()) {
            return Optional.empty();
          }
          Optional<Kept> kept =
              ProgressSql.read(connection, wave, table)
                  .filter(one -> one.beginning().loadMark().equals(now.get().loadMark()));
          begun.put(table, kept.map(Kept::beginning).orElse(now.get()));
          return kept.map(Kept::progress);
        });
  }

  private Optional<Beginning> beginning(Connection connection, TableId table) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(BEGINNING)) {
      RecordSql.set(query, wave.migration(), wave.wave(), table.schema(), table.name());
      try (ResultSet row = query.executeQuery()) {
        row.next();
        String mark = row.getString("mark");
        Horizon horizon = new Horizon(Position.parse(row.getString(1)), row.getString(2));
        return mark == null
            ? Optional.empty()
            : Optional.of(
                new Beginning(mark, horizon, Objects.requireNonNull(RecordSql.instant(row, "at"))));
      }
    }
  }

  /** What cannot be kept is looked at again after a restart; the scan goes on. */
  @Override
  public void chunkDone(TableProgress progress) {
    Beginning beginning = begun.get(progress.table());
    if (beginning != null) {
      kept(
          connection -> {
            if (!ProgressSql.write(connection, wave, epoch, beginning, progress, kind)) {
              LOG.debug("Another verifier keeps the progress of wave {} now", wave);
            }
            return true;
          });
    }
  }

  /** Its progress goes when its statement is kept, in one transaction: {@link #keep}. */
  @Override
  public void tableDone(TableId table) {}

  private void kept(RecordSession.Question<Boolean> writing) {
    try {
      session.ask("keeping how far a scan of wave " + wave + " is", writing);
    } catch (Failure failure) {
      LOG.atWarn()
          .addKeyValue("wave", wave)
          .addKeyValue("code", failure.code())
          .log("How far a scan is was not kept: {}", failure.getMessage());
    }
  }

  /**
   * Keeps what a scan with these records said of a table, and what differs in it. Of a scan that
   * was stopped only what it has proven. What was mended or loaded anew meanwhile it has not.
   *
   * @return the statement's id; empty if there was nothing to keep
   * @throws Failure as the target says; what passes is tried a few times
   */
  public Optional<Long> keep(TableStatement table, String hash, Instant startedAt) {
    if (table.verdict() instanceof Verdict.Unknown unknown
        && unknown.reason() == UnknownReason.STOPPED) {
      return Optional.empty();
    }
    for (int attempt = 1; ; attempt++) {
      try {
        long id =
            session.ask(
                "keeping what a scan said of " + table.table(),
                connection -> keep(connection, table, hash, startedAt));
        begun.remove(table.table());
        return Optional.of(id);
      } catch (Failure failure) {
        if (failure.kind() != FailureKind.TRANSIENT
            || attempt == ATTEMPTS
            || new StopSignal().await(BETWEEN)) {
          throw failure;
        }
      }
    }
  }

  private long keep(Connection connection, TableStatement table, String hash, Instant startedAt)
      throws SQLException {
    Beginning present = beginning(connection, table.table()).orElse(null);
    // What could not be looked at at all is said of the load that there is.
    Beginning of = table.first() == null ? present : begun.get(table.table());
    if (table.complete()) {
      ProgressSql.delete(connection, wave, epoch, table.table());
    }
    return new StatementKeeping(connection, wave, secret, kind)
        .keep(table, hash, startedAt, of, present);
  }

  /**
   * The table to be scanned next: one that was not scanned since its load, or whose last scan does
   * not hold any more; else the one that waits longest.
   *
   * @param ledger whether there shall be one
   * @param every how long after its last scan a table is due
   * @return empty if none is due
   */
  public Optional<TableId> next(boolean ledger, Duration every) {
    return session.ask(
        "looking for the next table of wave " + wave,
        connection -> VerdictFacts.next(connection, wave, ledger, every));
  }

  /** Somebody's wish that the wave's scans rest; empty if they go on. */
  public Optional<ScanPause> pause() {
    return session.ask(
        "asking whether the scans of wave " + wave + " shall rest",
        connection -> ScanPause.read(connection, wave));
  }

  /** Says what the wave's scans are doing, for whoever asks from elsewhere. */
  public void say(String doing) {
    session.ask(
        "saying what the scans of wave " + wave + " do",
        connection ->
            RecordSql.update(
                connection,
                "UPDATE veer.scanner SET doing = ? WHERE migration = ? AND wave = ? AND epoch = ?",
                doing,
                wave.migration(),
                wave.wave(),
                epoch));
  }

  /** Whether any scan of the wave has said something. */
  public static boolean isScanned(Connection connection, WaveId wave) throws SQLException {
    return ScanSchema.exists(connection) && !ScanSql.last(connection, wave, 1).isEmpty();
  }

  /** What a scan said of a table; empty if that is not on record any more. */
  public static Optional<KeptStatement> statement(Connection connection, long id)
      throws SQLException {
    return ScanSchema.exists(connection) ? ScanSql.statement(connection, id) : Optional.empty();
  }

  /**
   * For each table of the wave the scan that a later comparison may rest on: its last one, if that
   * looked at the present load, found it EQUAL, and tells where it began on both sides.
   */
  public static Map<TableId, ScanBase> bases(Connection connection, WaveId wave)
      throws SQLException {
    return ScanSchema.exists(connection) ? ScanBaseSql.read(connection, wave) : Map.of();
  }

  /** What {@link #say} said last; empty if no scans run. */
  public static Optional<String> doing(Connection connection, WaveId wave) throws SQLException {
    if (!ScanSchema.exists(connection)
        || !PostgresSessions.anyFor(connection, List.of(purpose(wave)))) {
      return Optional.empty();
    }
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT doing FROM veer.scanner WHERE migration = ? AND wave = ?")) {
      RecordSql.set(query, wave.migration(), wave.wave());
      try (ResultSet row = query.executeQuery()) {
        return row.next() ? Optional.ofNullable(row.getString(1)) : Optional.empty();
      }
    }
  }

  /** Forgets all that was kept of a wave's scans. */
  public static void forget(Connection connection, WaveId wave) throws SQLException {
    ScanSchema.forget(connection, wave);
  }

  @Override
  public void close() {
    session.close();
  }
}
