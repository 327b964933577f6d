package nl.veer.control.wave;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nl.veer.connectors.dialect.TargetConnections;
import nl.veer.connectors.dialect.postgres.PostgresFailures;
import nl.veer.connectors.dialect.postgres.PostgresTarget;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import org.jspecify.annotations.Nullable;

/**
 * The legs of a migration's waves, on the configured target, whichever way they go: {@code
 * veer.leg}. A wave without a row there is on its first leg. Each change is one transaction that
 * looks at the state under the row's lock, so that it may be repeated and two of them never cross.
 * Each call but {@link #read} opens a session of its own.
 */
final class LegRecords {
  private static final Duration ANSWER = Duration.ofSeconds(30);

  private static final String TABLE =
      """
      CREATE TABLE IF NOT EXISTS veer.leg (
        migration text NOT NULL,
        wave text NOT NULL,
        number integer NOT NULL,
        state text NOT NULL,
        turn bigint NOT NULL,
        cut_transaction bigint,
        cut_position text,
        prepared_at timestamptz NOT NULL DEFAULT now(),
        activated_at timestamptz,
        retired_at timestamptz,
        PRIMARY KEY (migration, wave, number)
      )
      """;

  private final TargetConnections home;
  private final LegOwner owner;

  LegRecords(TargetConnections home) {
    this(home, LegOwner.ALONE);
  }

  LegRecords(TargetConnections home, LegOwner owner) {
    this.home = home;
    this.owner = owner;
  }

  /** All legs of a migration that are on record, by wave and number. */
  static List<LegRecord> read(Connection connection, String migration) throws SQLException {
    List<LegRecord> records = new ArrayList<>();
    if (!isThere(connection)) {
      return records;
    }
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT wave, number, state, turn FROM veer.leg WHERE migration = ?"
                + " ORDER BY wave, number")) {
      query.setString(1, migration);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          records.add(
              new LegRecord(
                  new WaveId(migration, row.getString(1)),
                  row.getInt(2),
                  LegState.valueOf(row.getString(3)),
                  row.getLong(4)));
        }
      }
    }
    return records;
  }

  /**
   * Whether a leg behind the first was ever adopted, as far as the configured source tells: there
   * are the records of every odd one.
   */
  static boolean areMoved(Connection source, String migration) throws SQLException {
    if (!new PostgresTarget().hasRecords(source)) {
      return false;
    }
    try (PreparedStatement query =
        source.prepareStatement("SELECT wave FROM veer.stamp WHERE migration = ?")) {
      query.setString(1, migration);
      try (ResultSet row = query.executeQuery()) {
        boolean moved = false;
        while (row.next()) {
          moved |= new WaveId(migration, row.getString(1)).legNumber() > 0;
        }
        return moved;
      }
    }
  }

  private static boolean isThere(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT pg_catalog.to_regclass('veer.leg') IS NOT NULL")) {
      row.next();
      return row.getBoolean(1);
    }
  }

  List<LegRecord> read(String migration) {
    try (Connection connection = home.openBounded(migration + " legs", ANSWER)) {
      return read(connection, migration);
    } catch (SQLException e) {
      throw PostgresFailures.target(e, "reading the legs of migration " + migration);
    }
  }

  boolean isOnRecord(Leg leg) {
    return find(leg).isPresent();
  }

  boolean isActive(Leg leg) {
    return find(leg).filter(one -> one.state() == LegState.ACTIVE).isPresent();
  }

  boolean isRetired(Leg leg) {
    return find(leg).filter(one -> one.state() == LegState.RETIRED).isPresent();
  }

  private Optional<LegRecord> find(Leg leg) {
    return read(leg.home().migration()).stream()
        .filter(one -> one.home().equals(leg.home()) && one.number() == leg.number())
        .findFirst();
  }

  /** The first leg gets its row with the second one. */
  void prepared(Leg leg) {
    changing(
        leg,
        connection -> {
          new PostgresTarget().migrateRecords(connection);
          try (Statement statement = connection.createStatement()) {
            statement.execute(TABLE);
          }
          if (leg.number() == 1) {
            insert(connection, leg.home(), 0, LegState.ACTIVE);
          }
          insert(connection, leg.home(), leg.number(), LegState.PREPARED);
          move(connection, leg, LegState.PREPARED, null);
        });
  }

  void retired(Leg leg) {
    changing(leg, connection -> move(connection, leg, LegState.RETIRED, null));
  }

  /** As {@link #retired}; nothing happens if the leg is not on record. */
  void stopped(Leg leg) {
    changing(
        leg,
        connection -> {
          if (state(connection, leg).isPresent()) {
            move(connection, leg, LegState.RETIRED, null);
          }
        });
  }

  /**
   * @param cut where it begins; null if that is on record, or it is the first
   */
  void active(Leg leg, @Nullable LegCut cut) {
    changing(
        leg,
        connection -> {
          lock(connection, leg.home());
          for (LegRecord other : read(connection, leg.home().migration())) {
            if (other.home().equals(leg.home())
                && other.state() == LegState.ACTIVE
                && other.number() != leg.number()) {
              throw refused(leg, "leg %d is ACTIVE".formatted(other.number()));
            }
          }
          move(connection, leg, LegState.ACTIVE, cut);
        });
  }

  void removed(Leg leg) {
    changing(
        leg,
        connection -> {
          if (isThere(connection)) {
            update(
                connection,
                "DELETE FROM veer.leg WHERE migration = ? AND wave = ? AND number = ?",
                leg.home().migration(),
                leg.home().wave(),
                leg.number());
          }
        });
  }

  /** All of the wave. */
  void forget(WaveId wave) {
    try (Connection connection = home.openBounded(wave.migration() + " legs", ANSWER)) {
      if (isThere(connection)) {
        update(
            connection,
            "DELETE FROM veer.leg WHERE migration = ? AND wave = ?",
            wave.migration(),
            wave.wave());
      }
    } catch (SQLException e) {
      throw PostgresFailures.target(e, "forgetting the legs of wave " + wave);
    }
  }

  private void move(Connection connection, Leg leg, LegState next, @Nullable LegCut cut)
      throws SQLException {
    LegState now =
        state(connection, leg)
            .orElseThrow(() -> refused(leg, "it is not on record, and was never prepared"));
    if (now == next) {
      return;
    }
    if (!now.mayBecome(next)) {
      throw refused(leg, "it is " + now + " and cannot become " + next);
    }
    update(
        connection,
        "UPDATE veer.leg SET state = ?,"
            + " turn = turn + CASE ? WHEN 'RETIRED' THEN 1 ELSE 0 END,"
            + " cut_transaction = coalesce(?, cut_transaction),"
            + " cut_position = coalesce(?, cut_position),"
            + " activated_at = CASE ? WHEN 'ACTIVE' THEN now() ELSE activated_at END,"
            + " retired_at = CASE ? WHEN 'RETIRED' THEN now() ELSE NULL END"
            + " WHERE migration = ? AND wave = ? AND number = ?",
        next.name(),
        next.name(),
        cut == null ? null : (Long) cut.transaction(),
        cut == null ? null : cut.position().text(),
        next.name(),
        next.name(),
        leg.home().migration(),
        leg.home().wave(),
        leg.number());
  }

  private static void insert(Connection connection, WaveId home, int number, LegState state)
      throws SQLException {
    update(
        connection,
        "INSERT INTO veer.leg (migration, wave, number, state, turn) VALUES (?, ?, ?, ?, CASE ?"
            + " WHEN 0 THEN 0 ELSE (extract(epoch FROM clock_timestamp()) * 1000)::bigint END)"
            + " ON CONFLICT DO NOTHING",
        home.migration(),
        home.wave(),
        number,
        state.name(),
        number);
  }

  private static void lock(Connection connection, WaveId home) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT FROM veer.leg WHERE migration = ? AND wave = ? ORDER BY number FOR UPDATE")) {
      query.setString(1, home.migration());
      query.setString(2, home.wave());
      query.execute();
    }
  }

  private static Optional<LegState> state(Connection connection, Leg leg) throws SQLException {
    if (!isThere(connection)) {
      return Optional.empty();
    }
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT state FROM veer.leg WHERE migration = ? AND wave = ? AND number = ?"
                + " FOR UPDATE")) {
      query.setString(1, leg.home().migration());
      query.setString(2, leg.home().wave());
      query.setInt(3, leg.number());
      try (ResultSet row = query.executeQuery()) {
        return row.next() ? Optional.of(LegState.valueOf(row.getString(1))) : Optional.empty();
      }
    }
  }

  private static void update(Connection connection, String sql, @Nullable Object... values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      statement.executeUpdate();
    }
  }

  private static Failure refused(Leg leg, String why) {
    return new Failure(
        FailureKind.CONFLICT,
        "LEG_STATE",
        "Leg %d of wave %s cannot be moved on: %s. Nothing was changed."
            .formatted(leg.number(), leg.home(), why));
  }

  private interface Change {
    void run(Connection connection) throws SQLException;
  }

  private void changing(Leg leg, Change change) {
    try (Connection connection = home.openBounded(leg.home().migration() + " legs", ANSWER)) {
      connection.setAutoCommit(false);
      owner.lock(connection);
      change.run(connection);
      connection.commit();
      LegBell.ring();
    } catch (SQLException e) {
      throw PostgresFailures.target(e, "changing the legs of wave " + leg.home());
    }
  }
}
