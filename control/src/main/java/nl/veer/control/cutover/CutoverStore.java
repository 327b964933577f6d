package nl.veer.control.cutover;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import nl.veer.connectors.dialect.TargetConnections;
import nl.veer.connectors.dialect.postgres.PostgresFailures;
import nl.veer.connectors.dialect.postgres.PostgresSessions;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.control.wave.Legs;
import nl.veer.verifier.record.AuditEntry;
import nl.veer.verifier.record.AuditLog;
import org.jspecify.annotations.Nullable;

/**
 * A wave's attempts and fences at home. At most one attempt of a wave is not finished, and one
 * driver owns it: every write carries the driver's epoch and hits exactly one row, so that a driver
 * that was taken over can change nothing any more, and is told by the first thing that it tries.
 * Each write is one transaction, with its entry in the audit log. Safe for use by several threads.
 */
public final class CutoverStore implements AutoCloseable {
  /** No answer takes longer, whatever hangs. */
  private static final Duration ANSWER = Duration.ofSeconds(10);

  /** PostgreSQL ends a session within moments; only a server that hangs does not. */
  private static final Duration FORMER_ENDS = Duration.ofSeconds(5);

  private static final String OWNED = " WHERE id = ? AND epoch = ? AND finished_at IS NULL";

  private final TargetConnections home;
  private final WaveId wave;
  private final Consumer<Attempt> told;
  private @Nullable Connection open;

  /**
   * @param home the configured target
   * @param wave as configured
   * @param told learns of each state as soon as it is durable; must not fail
   */
  public CutoverStore(TargetConnections home, WaveId wave, Consumer<Attempt> told) {
    this.home = home;
    this.wave = wave;
    this.told = told;
  }

  /** What the sessions of whoever drives a wave's attempt are opened for, on both sides. */
  public static String purpose(WaveId wave) {
    return wave + " cutover";
  }

  /**
   * Begins an attempt, which this driver owns.
   *
   * @param leg that the wave is on
   * @throws Failure CONFLICT if one stands that is not finished, or if the wave has gone over to
   *     another leg since the caller looked
   */
  public Attempt begin(int leg, AttemptKind kind, Duration budget) {
    Attempt begun =
        asking(
            "beginning a cutover of wave " + wave,
            connection -> {
              CutoverSchema.make(connection);
              try (PreparedStatement insert =
                  connection.prepareStatement(
                      "INSERT INTO veer.cutover (migration, wave, leg, kind, state, budget_millis)"
                          + " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (migration, wave)"
                          + " WHERE finished_at IS NULL DO NOTHING RETURNING *")) {
                CutoverSql.set(
                    insert,
                    wave.migration(),
                    wave.wave(),
                    leg,
                    kind.name(),
                    new CutoverState.Prepared().word(),
                    budget.toMillis());
                Attempt attempt =
                    CutoverSql.attempts(insert).stream()
                        .findFirst()
                        .orElseThrow(() -> stands(wave));
                requireOn(connection, leg);
                audit(connection, attempt, attempt.state().word());
                return attempt;
              }
            });
    told.accept(begun);
    return begun;
  }

  /** Behind the insert: no other attempt of the wave can move it from here on. */
  private void requireOn(Connection connection, int leg) throws SQLException {
    OptionalInt now = Legs.active(connection, wave);
    if (now.isEmpty() || now.getAsInt() != leg) {
      throw new Failure(
          FailureKind.CONFLICT,
          "CUTOVER_LEG",
          "Wave %s has gone over to the other side since this command looked at it. Nothing was"
                  .formatted(wave.wave())
              + " changed. See where it is with: veer status");
    }
  }

  private static Failure stands(WaveId wave) {
    return new Failure(
        FailureKind.CONFLICT,
        "CUTOVER_STANDS",
        "An attempt to cut wave %s over is not finished. Undo it with 'veer cutover --abort --wave"
                .formatted(wave.wave())
            + " %s', or go on with --resume; either ends the process that drives it."
                .formatted(wave.wave()));
  }

  /**
   * Takes the attempt that is not finished, from whoever drives it: that one's sessions at home are
   * ended, and it can write nothing any more. What it has open on the other side is the caller's.
   */
  public Optional<Attempt> takeOver() {
    return asking(
        "taking over a cutover of wave " + wave,
        connection -> {
          if (!CutoverSchema.exists(connection)) {
            return Optional.empty();
          }
          endFormer(connection);
          try (PreparedStatement claim =
              connection.prepareStatement(
                  "UPDATE veer.cutover SET epoch = epoch + 1 WHERE migration = ? AND wave = ?"
                      + " AND finished_at IS NULL RETURNING *")) {
            CutoverSql.set(claim, wave.migration(), wave.wave());
            Optional<Attempt> taken = CutoverSql.attempts(claim).stream().findFirst();
            if (taken.isPresent()) {
              endFormer(connection);
              audit(connection, taken.get(), "taken over in " + taken.get().state().word());
            }
            return taken;
          }
        });
  }

  /** One that stands still in its transaction would hold the attempt's row. */
  private void endFormer(Connection connection) throws SQLException {
    endSessions(connection, wave, "target");
  }

  /**
   * Ends the sessions of a former driver; what they were committing is committed when this returns.
   *
   * @throws Failure TRANSIENT if one does not end
   */
  static void endSessions(Connection connection, WaveId wave, String side) throws SQLException {
    if (!PostgresSessions.end(connection, List.of(purpose(wave)), FORMER_ENDS)) {
      throw new Failure(
          FailureKind.TRANSIENT,
          "CUTOVER_SESSION",
          "A session of the process that drove the cutover of wave %s does not end on the %s. See"
                  .formatted(wave.wave(), side)
              + " pg_stat_activity there, application_name 'veer: %s', and try again."
                  .formatted(purpose(wave)));
    }
  }

  /** Makes the state that follows durable, before its step runs. */
  Attempt move(Attempt attempt, CutoverState to, @Nullable Failure why) {
    Attempt moved = attempt.moved(to);
    Attempt kept =
        writing(
            moved,
            to.word() + (why == null ? "" : ": " + why.code()),
            "state = ?, failure_code = coalesce(failure_code, ?), failure = coalesce(failure, ?)",
            to.word(),
            why == null ? null : why.code(),
            why == null ? null : String.valueOf(why.getMessage()));
    told.accept(kept);
    return kept;
  }

  /** The step of the attempt's state is done; at once the state that follows is durable. */
  Attempt advance(Attempt attempt, Duration took, CutoverState to) {
    Attempt kept =
        writing(
            attempt.moved(to),
            to.word(),
            "steps = ?, state = ?",
            CutoverSql.text(steps(attempt, took)),
            to.word());
    told.accept(kept);
    return kept;
  }

  /** The step of the attempt's state is done, the last one. */
  Attempt stepDone(Attempt attempt, Duration took) {
    return writing(attempt, null, "steps = ?", CutoverSql.text(steps(attempt, took)));
  }

  private static Map<String, Long> steps(Attempt attempt, Duration took) {
    Map<String, Long> steps = new LinkedHashMap<>(attempt.steps());
    steps.put(attempt.state().word(), took.toMillis());
    return steps;
  }

  /** Keeps what has come of it. */
  Attempt record(Attempt attempt, AttemptFacts facts) {
    return writing(
        attempt,
        null,
        "known_findings = ?, fenced_at = ?, marker = ?, applied = ?, target_position = ?,"
            + " table_count = ?, row_count = ?, verdict = ?, proof = ?, outage_millis = ?,"
            + " measured_by = ?",
        facts.findings(),
        facts.fencedAt(),
        CutoverSql.text(facts.marker()),
        CutoverSql.text(facts.applied()),
        CutoverSql.text(facts.target()),
        facts.tables(),
        facts.rows(),
        facts.verdict(),
        facts.proof(),
        facts.outageMillis(),
        facts.measuredBy());
  }

  /** Everything is done, or undone. */
  Attempt finish(Attempt attempt) {
    Attempt finished =
        writing(attempt, attempt.state().word() + ", finished", "finished_at = clock_timestamp()");
    told.accept(finished);
    return finished;
  }

  /**
   * @throws Failure CONFLICT if another has taken the attempt
   */
  void requireOwned(Attempt attempt) {
    asking(
        "looking at the cutover of wave " + wave,
        connection ->
            owned(
                CutoverSql.read(
                    connection,
                    wave,
                    "id = %d AND epoch = %d AND finished_at IS NULL"
                        .formatted(attempt.id(), attempt.epoch()))));
  }

  /** Now, by home's clock. */
  Instant now() {
    return asking(
        "reading home's clock",
        connection -> {
          try (PreparedStatement query = connection.prepareStatement("SELECT clock_timestamp()");
              ResultSet row = query.executeQuery()) {
            row.next();
            return row.getTimestamp(1).toInstant();
          }
        });
  }

  private Attempt writing(
      Attempt attempt, @Nullable String audited, String set, @Nullable Object... values) {
    Object[] all = java.util.Arrays.copyOf(values, values.length + 2);
    all[values.length] = attempt.id();
    all[values.length + 1] = attempt.epoch();
    return asking(
        "keeping the cutover of wave " + wave,
        connection -> {
          try (PreparedStatement update =
              connection.prepareStatement(
                  "UPDATE veer.cutover SET " + set + OWNED + " RETURNING *")) {
            CutoverSql.set(update, all);
            Attempt kept = owned(CutoverSql.attempts(update));
            if (audited != null) {
              audit(connection, kept, audited);
            }
            return kept;
          }
        });
  }

  private Attempt owned(List<Attempt> hit) {
    if (hit.size() != 1) {
      throw taken(wave);
    }
    return hit.get(0);
  }

  static Failure taken(WaveId wave) {
    return new Failure(
        FailureKind.CONFLICT,
        "CUTOVER_TAKEN",
        "Another process drives the cutover of wave %s now, or has finished it; this one leaves"
                .formatted(wave.wave())
            + " everything to that.");
  }

  private static void audit(Connection connection, Attempt attempt, String what)
      throws SQLException {
    String word = attempt.kind() == AttemptKind.REHEARSAL ? "rehearsal" : "cutover";
    AuditLog.append(
        connection,
        new AuditEntry(
            attempt.wave().migration(),
            attempt.wave().wave(),
            "%s %d of leg %d".formatted(word, attempt.id(), attempt.leg()),
            what));
  }

  /** The fence that stands on a side, or is being raised or lowered there, as it was planned. */
  Optional<String> fence(FenceSide side) {
    return asking(
        "reading the fence of wave " + wave,
        connection -> {
          if (!CutoverSchema.exists(connection)) {
            return Optional.empty();
          }
          try (PreparedStatement query =
              connection.prepareStatement(
                  "SELECT plan FROM veer.fence WHERE migration = ? AND wave = ? AND side = ?")) {
            CutoverSql.set(query, wave.migration(), wave.wave(), side.word());
            try (ResultSet row = query.executeQuery()) {
              return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
            }
          }
        });
  }

  /**
   * Keeps the fence's plan, before it is raised. One that is kept already stays: it says how things
   * were before.
   *
   * @return the one that is kept
   */
  String keepFence(Attempt attempt, FenceSide side, String plan) {
    asking(
        "keeping the fence of wave " + wave,
        connection -> {
          owned(
              CutoverSql.read(
                  connection,
                  wave,
                  "id = %d AND epoch = %d AND finished_at IS NULL"
                      .formatted(attempt.id(), attempt.epoch())));
          CutoverSql.update(
              connection,
              "INSERT INTO veer.fence (migration, wave, side, attempt, plan)"
                  + " VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
              wave.migration(),
              wave.wave(),
              side.word(),
              attempt.id(),
              plan);
          return CutoverSql.update(
              connection,
              "UPDATE veer.cutover SET fence_plan = ? WHERE id = ?",
              plan,
              attempt.id());
        });
    return fence(side).orElseThrow();
  }

  /** The fence is down. */
  void forgetFence(Attempt attempt, FenceSide side) {
    requireOwned(attempt);
    asking(
        "forgetting the fence of wave " + wave,
        connection ->
            CutoverSql.update(
                connection,
                "DELETE FROM veer.fence WHERE migration = ? AND wave = ? AND side = ?",
                wave.migration(),
                wave.wave(),
                side.word()));
  }

  /** All attempts of a wave, the last one first; none where none was ever made. */
  public static List<Attempt> all(Connection home, WaveId wave) throws SQLException {
    return CutoverSchema.exists(home) ? CutoverSql.read(home, wave, "true") : List.of();
  }

  /**
   * Refuses what must not be done while somebody may be cutting over.
   *
   * @throws Failure CONFLICT if an attempt is not finished
   */
  public static void requireNone(Connection home, WaveId wave) throws SQLException {
    if (CutoverSchema.exists(home)
        && !CutoverSql.read(home, wave, "finished_at IS NULL").isEmpty()) {
      throw stands(wave);
    }
  }

  /** Forgets a wave's attempts. */
  public static void forget(Connection home, WaveId wave) throws SQLException {
    if (!CutoverSchema.exists(home)) {
      return;
    }
    CutoverSql.update(
        home,
        "DELETE FROM veer.cutover WHERE migration = ? AND wave = ?",
        wave.migration(),
        wave.wave());
  }

  private interface Question<T> {
    T ask(Connection connection) throws SQLException;
  }

  /** One transaction. After a failure the next question opens a new session. */
  private synchronized <T> T asking(String doing, Question<T> question) {
    boolean done = false;
    try {
      Connection connection = open;
      if (connection == null) {
        connection = home.openBounded(purpose(wave), ANSWER);
        open = connection;
        connection.setAutoCommit(false);
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

  @Override
  public synchronized void close() {
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
