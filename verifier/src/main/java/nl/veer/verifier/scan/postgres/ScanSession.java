package nl.veer.verifier.scan.postgres;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import nl.veer.connectors.dialect.SourceConnections;
import nl.veer.connectors.dialect.TargetConnections;
import nl.veer.connectors.event.LsnPosition;
import nl.veer.connectors.event.Position;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.verifier.verdict.RowKey;
import nl.veer.verifier.verdict.RowSum;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * One side's session of a scan. It only reads, in transactions that see one state each. Every
 * result is read to its end and checked to be whole: an error in its middle is a failure, never a
 * short table. A policy that would hide rows is an error too. Owned by one thread at a time; only
 * {@link #cancel} may come from another.
 */
public final class ScanSession implements AutoCloseable {
  /** What makes a value's text the same everywhere, and what keeps a scan out of others' way. */
  private static final String SETTINGS =
      """
      SELECT pg_catalog.set_config(v.name, v.value, false) FROM (VALUES
      ('search_path', 'pg_catalog'), ('row_security', 'off'),
      ('datestyle', 'ISO, YMD'), ('intervalstyle', 'postgres'), ('extra_float_digits', '3'),
      ('timezone', 'UTC'), ('bytea_output', 'hex'), ('lc_monetary', 'C'), ('xmloption', 'content'),
      ('xmlbinary', 'base64'), ('array_nulls', 'on'), ('quote_all_identifiers', 'off'),
      ('statement_timeout', '0'), ('lock_timeout', '10s'), ('transaction_timeout', '0'),
      ('idle_in_transaction_session_timeout', '0'), ('idle_session_timeout', '0'),
      ('default_transaction_isolation', 'repeatable read'),
      ('default_transaction_read_only', 'on'), ('synchronize_seqscans', 'off'),
      ('jit', 'off'), ('max_parallel_workers_per_gather', '0'),
      ('tcp_keepalives_idle', '30'), ('tcp_keepalives_interval', '10'),
      ('tcp_keepalives_count', '3')) AS v(name, value)
      WHERE EXISTS (SELECT FROM pg_catalog.pg_settings s
                    WHERE pg_catalog.lower(s.name) = v.name)
      """;

  /** The position is read behind the snapshot: what that includes was written before. */
  private static final String CUT =
      """
      SELECT pg_catalog.pg_current_snapshot()::text,
             CASE WHEN pg_catalog.pg_is_in_recovery()
                  THEN coalesce(pg_catalog.pg_last_wal_replay_lsn(), '0/0')
                  ELSE pg_catalog.pg_current_wal_insert_lsn() END::text,
             pg_catalog.pg_is_in_recovery()
      """;

  private static final int TOTAL = -1;

  private final Connection connection;
  private final Side side;
  private final RowHash hash;

  /** Whether its next answer is not waited for as long as it takes. */
  private boolean bounded;

  private ScanSession(Connection connection, Side side, RowHash hash) {
    this.connection = connection;
    this.side = side;
    this.hash = hash;
  }

  public static ScanSession source(SourceConnections source, RowHash hash) {
    return open(() -> source.open("scan"), Side.SOURCE, hash);
  }

  public static ScanSession target(TargetConnections target, RowHash hash) {
    return open(() -> target.open("scan"), Side.TARGET, hash);
  }

  /** The same for a few questions: none of them is waited for longer than this. */
  public static ScanSession source(SourceConnections source, RowHash hash, Duration answer) {
    return open(() -> source.openBounded("look", answer), Side.SOURCE, hash).within(answer);
  }

  /** The same for a few questions: none of them is waited for longer than this. */
  public static ScanSession target(TargetConnections target, RowHash hash, Duration answer) {
    return open(() -> target.openBounded("look", answer), Side.TARGET, hash).within(answer);
  }

  /**
   * This session, which was open and not asked for a while, from now on digesting so.
   *
   * @param first the next answer is not waited for longer: what stands between may have forgotten
   *     it
   * @throws Failure TRANSIENT if it is closed
   */
  public ScanSession again(RowHash other, Duration first) {
    ScanSession again = new ScanSession(connection, side, other);
    asking(
        "bounding a session",
        () -> {
          connection.setNetworkTimeout(Runnable::run, Math.toIntExact(first.toMillis()));
          return true;
        });
    again.bounded = true;
    return again;
  }

  private ScanSession within(Duration answer) {
    try {
      return asking(
          "bounding a session",
          () -> {
            try (PreparedStatement bound =
                connection.prepareStatement(
                    "SELECT pg_catalog.set_config('statement_timeout', ?, false)")) {
              bound.setString(1, String.valueOf(answer.toMillis()));
              bound.execute();
            }
            connection.commit();
            return this;
          });
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private interface Opening {
    Connection open() throws SQLException;
  }

  private static ScanSession open(Opening opening, Side side, RowHash hash) {
    try {
      Connection connection = opening.open();
      try (Statement statement = connection.createStatement()) {
        statement.execute(SETTINGS);
        // Never planned without the bounds: what is right for one range is not for another.
        connection.unwrap(PGConnection.class).setPrepareThreshold(0);
        connection.setAutoCommit(false);
        return new ScanSession(connection, side, hash);
      } catch (SQLException | RuntimeException e) {
        connection.close();
        throw e;
      }
    } catch (SQLException e) {
      throw side.failure(e, "opening a session for a scan");
    }
  }

  /**
   * What the session saw first in its transaction: everything else in it sees the same state.
   *
   * @param standby whether the server only follows another: two states of it may read alike
   */
  public record Seen(String snapshot, Position position, boolean standby) {}

  /** Begins a transaction; what follows sees this one state, until {@link #end}. */
  public Seen begin() {
    return asking(
        "taking a snapshot",
        () -> {
          try (Statement statement = connection.createStatement();
              ResultSet row = statement.executeQuery(CUT)) {
            row.next();
            return new Seen(
                row.getString(1), LsnPosition.parse(row.getString(2)), row.getBoolean(3));
          }
        });
  }

  public void end() {
    asking(
        "ending a transaction",
        () -> {
          connection.rollback();
          return true;
        });
  }

  /** Asks something else of the database, in the same transaction. */
  public <T> T ask(String doing, Question<T> question) {
    return asking(doing, () -> question.of(connection));
  }

  /** Work on a session's connection. */
  public interface Question<T> {
    T of(Connection connection) throws SQLException;
  }

  /** Count and sum of a range; of one that holds no rows, those of none. */
  public RowSum sum(ScanTable table, KeyRange range) {
    return asking(
        "digesting " + table.id(),
        () -> {
          try (PreparedStatement query = prepared(sql(table).sum(range));
              ResultSet row = query.executeQuery()) {
            require(row.next(), table);
            RowSum sum = sum(row, 1);
            require(!row.next(), table);
            return sum;
          }
        });
  }

  /** Count and sum of each bucket of a range that holds rows. */
  public Map<Integer, RowSum> buckets(ScanTable table, KeyRange range, int buckets) {
    return asking(
        "digesting " + table.id(),
        () -> {
          Map<Integer, RowSum> sums = new HashMap<>();
          try (PreparedStatement query = prepared(sql(table).buckets(range, buckets));
              ResultSet row = query.executeQuery()) {
            while (row.next()) {
              int bucket = row.getObject(1) == null ? TOTAL : row.getInt(1);
              require(sums.put(bucket, sum(row, 2)) == null, table);
            }
          }
          RowSum total = sums.remove(TOTAL);
          RowSum all = sums.values().stream().reduce(RowSum.NONE, RowSum::plus);
          require(all.equals(total), table);
          return sums;
        });
  }

  /** The rows in some buckets of a range, by key. Rows that share a key are one entry. */
  public Map<RowKey, RowSum> rows(
      ScanTable table, KeyRange range, int buckets, List<Integer> wanted) {
    return asking(
        "reading keys of " + table.id(),
        () -> {
          try (PreparedStatement query = prepared(sql(table).rows(range, buckets, wanted))) {
            return rows(table, query);
          }
        });
  }

  /** The rows with these keys; those that are not there are left out. */
  public Map<RowKey, RowSum> rows(ScanTable table, List<RowKey> keys) {
    return asking(
        "reading rows of " + table.id(),
        () -> {
          try (PreparedStatement query = connection.prepareStatement(sql(table).rowsOfKeys())) {
            for (int i = 0; i < table.key().size(); i++) {
              int column = i;
              Object[] texts = keys.stream().map(key -> key.texts().get(column)).toArray();
              query.setArray(i + 1, connection.createArrayOf("text", texts));
            }
            return rows(table, query);
          }
        });
  }

  /** The texts of a row's compared columns; empty if it is not there, or not alone. */
  public List<@Nullable String> columns(ScanTable table, RowKey key) {
    return asking(
        "reading a row of " + table.id(),
        () -> {
          try (PreparedStatement query = connection.prepareStatement(sql(table).columns())) {
            for (int i = 0; i < key.texts().size(); i++) {
              query.setString(i + 1, key.texts().get(i));
            }
            List<@Nullable String> found = List.of();
            try (ResultSet row = query.executeQuery()) {
              while (row.next()) {
                if (!found.isEmpty()) {
                  return List.of();
                }
                found = texts(row, table.columns().size());
              }
            }
            return found;
          }
        });
  }

  /** The key that stands this many rows behind the range's begin; empty if there are fewer. */
  public Optional<List<String>> bound(ScanTable table, @Nullable List<String> behind, long rows) {
    return asking(
        "walking the key of " + table.id(),
        () -> {
          try (PreparedStatement query =
                  prepared(sql(table).bound(new KeyRange(behind, null), rows));
              ResultSet row = query.executeQuery()) {
            return row.next()
                ? Optional.of(key(row, 1, table.key().size()).texts())
                : Optional.empty();
          }
        });
  }

  /** How many rows the table has. */
  public long count(ScanTable table) {
    return asking(
        "counting the rows of " + table.id(),
        () -> {
          try (PreparedStatement query = connection.prepareStatement(sql(table).count());
              ResultSet row = query.executeQuery()) {
            require(row.next(), table);
            return row.getLong(1);
          }
        });
  }

  /**
   * In which chunks these keys are; only for a table that is {@link ScanTable#walked}.
   *
   * @param bounds last keys of all chunks but the last, in their order
   * @param keys texts that the key's types read
   * @return numbers of chunks, from 0
   */
  public Set<Integer> chunks(
      ScanTable table, List<List<String>> bounds, Collection<List<String>> keys) {
    return asking(
        "looking for chunks of " + table.id(),
        () -> {
          Set<Integer> chunks = new HashSet<>();
          int width = table.key().size();
          try (PreparedStatement query = connection.prepareStatement(sql(table).chunksOfKeys())) {
            for (int i = 0; i < width; i++) {
              query.setArray(i + 1, texts(bounds, i));
              query.setArray(width + i + 1, texts(keys, i));
            }
            try (ResultSet row = query.executeQuery()) {
              while (row.next()) {
                chunks.add(row.getInt(1));
              }
            }
          }
          return chunks;
        });
  }

  private Array texts(Collection<List<String>> keys, int column) throws SQLException {
    return connection.createArrayOf("text", keys.stream().map(key -> key.get(column)).toArray());
  }

  /** Ends the statement under way with an error, if there is one. */
  public void cancel() {
    try {
      connection.unwrap(PGConnection.class).cancelQuery();
    } catch (SQLException e) {
      // Then its connection is broken, and the statement ends by itself.
    }
  }

  private TableSql sql(ScanTable table) {
    return new TableSql(table, hash, side);
  }

  private PreparedStatement prepared(TableSql.Query query) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(query.sql());
    for (int i = 0; i < query.parameters().size(); i++) {
      statement.setString(i + 1, query.parameters().get(i));
    }
    return statement;
  }

  private static Map<RowKey, RowSum> rows(ScanTable table, PreparedStatement query)
      throws SQLException {
    int width = Math.max(1, table.key().size());
    Map<RowKey, RowSum> rows = new HashMap<>();
    try (ResultSet row = query.executeQuery()) {
      while (row.next()) {
        rows.put(key(row, 1, width), sum(row, width + 1));
      }
    }
    return rows;
  }

  private static RowKey key(ResultSet row, int from, int columns) throws SQLException {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < columns; i++) {
      texts.add(row.getString(from + i));
    }
    return new RowKey(texts);
  }

  private static List<@Nullable String> texts(ResultSet row, int columns) throws SQLException {
    List<@Nullable String> texts = new ArrayList<>();
    for (int i = 1; i <= columns; i++) {
      texts.add(row.getString(i));
    }
    return texts;
  }

  private static RowSum sum(ResultSet row, int from) throws SQLException {
    return RowSum.ofLanes(row.getLong(from), lane(row, from + 1), lane(row, from + 2));
  }

  private static BigInteger lane(ResultSet row, int column) throws SQLException {
    BigDecimal sum = row.getBigDecimal(column);
    return sum == null ? BigInteger.ZERO : sum.toBigIntegerExact();
  }

  private void require(boolean whole, ScanTable table) {
    if (!whole) {
      throw new Failure(
          FailureKind.TRANSIENT,
          "RESULT_TORN",
          "The %s's answer about table %s is not whole. It is asked again."
              .formatted(side == Side.SOURCE ? "source" : "target", table.id()));
    }
  }

  private interface Asking<T> {
    T ask() throws SQLException;
  }

  private <T> T asking(String doing, Asking<T> asking) {
    try {
      T answer = asking.ask();
      if (bounded) {
        connection.setNetworkTimeout(Runnable::run, 0);
        bounded = false;
      }
      return answer;
    } catch (SQLException e) {
      throw side.failure(e, doing);
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      // It was only reading: the server ends it as well.
    }
  }
}
