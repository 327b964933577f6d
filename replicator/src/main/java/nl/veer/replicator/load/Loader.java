package nl.veer.replicator.load;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import nl.veer.connectors.dialect.LoadDialect;
import nl.veer.connectors.dialect.LoadDialect.SourceTable;
import nl.veer.connectors.dialect.SourceConnections;
import nl.veer.connectors.dialect.TargetConnections;
import nl.veer.connectors.dialect.TargetDialect;
import nl.veer.connectors.dialect.TargetSession;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.replicator.stamp.LoadRecords;
import nl.veer.replicator.stamp.StampStore;
import nl.veer.replicator.stamp.TableLoad;

/**
 * Loads what the target does not record as complete: at first every table, later those that are
 * asked for again. One {@link #run} is one attempt; the next one goes on with the tables that are
 * left. A table that was begun is emptied and loaded again.
 */
public final class Loader {
  private static final Duration SLOT_LOOK = Duration.ofMillis(200);

  private static final Duration COMMITS_WAIT = Duration.ofMinutes(1);

  private final LoadConfig config;
  private final SourceConnections source;
  private final TargetConnections target;
  private final LoadDialect dialect;
  private final TargetDialect targetDialect;
  private final StampStore stamps;
  private final LoadRecords records;
  private final LoadMeter meter;

  public Loader(
      LoadConfig config,
      SourceConnections source,
      TargetConnections target,
      LoadDialect dialect,
      TargetDialect targetDialect,
      StampStore stamps,
      LoadMeter meter) {
    this.config = config;
    this.source = source;
    this.target = target;
    this.dialect = dialect;
    this.targetDialect = targetDialect;
    this.stamps = stamps;
    this.records = stamps.loads();
    this.meter = meter;
  }

  /**
   * Whether every table of the wave is loaded. Needs the target only; refuses if the epoch has
   * passed.
   */
  public boolean isComplete() {
    try (LoadSessions sessions = sessions()) {
      return using(sessions, this::left).isEmpty();
    }
  }

  /** What is not on record as complete. */
  private List<TableId> left(TargetSession session) {
    stamps.requireOwned(session);
    Set<TableId> left = new LinkedHashSet<>(config.tables());
    for (TableLoad load : records.all(session)) {
      meter.known(load.table(), load.isComplete(), load.rows(), load.bytes());
      if (load.isComplete()) {
        left.remove(load.table());
      } else {
        left.add(load.table());
      }
    }
    return List.copyOf(left);
  }

  /**
   * Loads what is left now, until that is done or the signal is raised; throws what ends the
   * attempt. Nothing else may write to the wave's tables meanwhile, for a table that is loaded anew
   * has a boundary behind the stamp.
   */
  public void run(StopSignal stop) {
    try (LoadSessions sessions = sessions()) {
      List<TableId> left = using(sessions, this::left);
      Found found = find(sessions, left, stop);
      if (!stop.isRaised()) {
        load(sessions, left, found, stop);
      }
    }
  }

  private void load(LoadSessions sessions, List<TableId> left, Found found, StopSignal stop) {
    try {
      Planned planned = using(sessions, session -> prepare(session, left, found));
      copy(sessions, planned, stop);
    } catch (RuntimeException e) {
      meter.failed();
      throw e;
    }
  }

  private void copy(LoadSessions sessions, Planned planned, StopSignal stop) {
    LoadQueue queue = new LoadQueue(LoadPlanner.snapshots(planned.tables(), planned.begunBefore()));
    new LoadWorkers(config, stop, () -> worker(queue, sessions)).run();
  }

  private LoadWorker worker(LoadQueue queue, LoadSessions sessions) {
    return new LoadWorker(config.workers(), queue, sessions, dialect, records, meter);
  }

  private LoadSessions sessions() {
    return new LoadSessions(config.wave(), source, target, dialect, targetDialect);
  }

  /** What is not committed is undone. */
  private static <T> T using(LoadSessions sessions, Function<TargetSession, T> work) {
    TargetSession session = sessions.target();
    T result = work.apply(session);
    session.rollback();
    sessions.keep(session);
    return result;
  }

  /** What the source has, and where its log was when it was looked at. */
  private record Found(List<SourceTable> tables, String horizon) {}

  /** The load must not begin before the log keeps what changes from now on. */
  private Found find(LoadSessions sessions, List<TableId> left, StopSignal stop) {
    try {
      Connection connection = sessions.source();
      Found found = find(connection, left, stop);
      sessions.keep(connection);
      return found;
    } catch (SQLException e) {
      throw dialect.sourceFailure(e, "looking at the tables to load");
    }
  }

  private Found find(Connection connection, List<TableId> left, StopSignal stop)
      throws SQLException {
    while (!dialect.keepsLog(connection, config.wave())) {
      meter.waitingFor(
          new Failure(
              FailureKind.TRANSIENT,
              "NO_SLOT",
              "The load waits for the source's replication slot %s. Does 'veer capture' run?"
                  .formatted(config.wave().slot())));
      if (stop.await(SLOT_LOOK)) {
        return new Found(List.of(), "");
      }
    }
    String horizon = dialect.horizon(connection);
    awaitCommits(connection, horizon, stop);
    meter.waitingFor(null);
    return new Found(dialect.tables(connection, left), horizon);
  }

  /** Neither the log nor a snapshot has what is committed but waits to be seen. */
  private void awaitCommits(Connection connection, String horizon, StopSignal stop)
      throws SQLException {
    long deadline = System.nanoTime() + COMMITS_WAIT.toNanos();
    while (dialect.awaitsCommits(connection, horizon) && !stop.await(SLOT_LOOK)) {
      Failure waiting =
          new Failure(
              FailureKind.TRANSIENT,
              "COMMITS_WAIT",
              "The load waits for transactions of the source that are committed but wait for a"
                  + " synchronous standby. Is the standby away?");
      if (System.nanoTime() > deadline) {
        throw waiting;
      }
      meter.waitingFor(waiting);
    }
  }

  /**
   * What is to be loaded now.
   *
   * @param begunBefore those of an attempt that did not come to its end
   */
  private record Planned(List<SourceTable> tables, Set<TableId> begunBefore) {}

  /** Records what is to be loaded and empties what has to be; answers what is left. */
  private Planned prepare(TargetSession session, List<TableId> wanted, Found found) {
    try {
      SchemaMatch.require(wanted, found.tables(), targetDialect.tables(session.connection()));
      stamps.requireOwned(session);
      // Of both kinds: one of ours that lost its network may still hold locks of the rows.
      stamps.endSessions(session, StampStore.loadPurpose(config.wave()));
      stamps.endSessions(session, StampStore.applyPurpose(config.wave()));
      stamps.claim(session);
      records.plan(session, found.tables(), config.truncate(), found.horizon());
      Planned planned = emptied(session, found.tables());
      session.commit();
      return planned;
    } catch (SQLException e) {
      throw targetDialect.failure(e, "preparing the load");
    }
  }

  private Planned emptied(TargetSession session, List<SourceTable> tables) {
    Map<TableId, SourceTable> left = new HashMap<>();
    for (SourceTable table : tables) {
      TableId id = table.schema().id();
      meter.planned(id, table.estimatedRows());
      left.put(id, table);
    }
    List<TableLoad> begun = new ArrayList<>();
    List<TableLoad> pending = new ArrayList<>();
    for (TableLoad load : records.all(session)) {
      meter.known(load.table(), load.isComplete(), load.rows(), load.bytes());
      if (load.isComplete()) {
        left.remove(load.table());
      } else if (left.containsKey(load.table())) {
        (load.state() == TableLoad.State.RUNNING ? begun : pending).add(load);
      }
    }
    // What was begun is emptied also if it looks empty: its last session may still be committing.
    List<TableLoad> mayHoldRows = new ArrayList<>(begun);
    mayHoldRows.addAll(filled(session, pending));
    List<TableId> toEmpty = mayHoldRows.stream().map(this::requireMayBeEmptied).toList();
    if (!toEmpty.isEmpty()) {
      session.truncate(toEmpty);
      records.emptied(session, toEmpty);
    }
    return new Planned(
        List.copyOf(left.values()),
        begun.stream().map(TableLoad::table).collect(Collectors.toUnmodifiableSet()));
  }

  private static List<TableLoad> filled(TargetSession session, List<TableLoad> loads) {
    Set<TableId> filled = Set.copyOf(session.filled(loads.stream().map(TableLoad::table).toList()));
    return loads.stream().filter(load -> filled.contains(load.table())).toList();
  }

  private TableId requireMayBeEmptied(TableLoad load) {
    if (load.state() == TableLoad.State.PENDING && !load.truncate() && !config.truncate()) {
      throw new Failure(
          FailureKind.CONFIGURATION,
          "TARGET_NOT_EMPTY",
          ("The target's table %s is not empty. If its rows may go, start with --truncate;"
                  + " otherwise look at what they are.")
              .formatted(load.table()));
    }
    return load.table();
  }
}
