package nl.veer.replicator.load;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    return left().isEmpty();
  }

  /** What is not on record as complete. */
  private List<TableId> left() {
    try (TargetSession session = open()) {
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
  }

  /**
   * Loads what is left now, until that is done or the signal is raised; throws what ends the
   * attempt. Nothing else may write to the wave's tables meanwhile, for a table that is loaded anew
   * has a boundary behind the stamp.
   */
  public void run(StopSignal stop) {
    List<TableId> left = left();
    Found found = find(left, stop);
    if (stop.isRaised()) {
      return;
    }
    try (LoadQueue queue = new LoadQueue(prepare(left, found))) {
      new LoadWorkers(config, queue, stop, this::worker).run();
    } catch (RuntimeException e) {
      meter.failed();
      throw e;
    }
  }

  private LoadWorker worker(LoadQueue queue) {
    return new LoadWorker(config.wave(), queue, source, dialect, this::open, records, meter);
  }

  private TargetSession open() {
    return targetDialect.open(target, StampStore.loadPurpose(config.wave()));
  }

  /** What the source has, and where its log was when it was looked at. */
  private record Found(List<SourceTable> tables, String horizon) {}

  /** The load must not begin before the log keeps what changes from now on. */
  private Found find(List<TableId> left, StopSignal stop) {
    try (Connection connection = dialect.open(source, StampStore.loadPurpose(config.wave()))) {
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
    } catch (SQLException e) {
      throw dialect.sourceFailure(e, "looking at the tables to load");
    }
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
   * Records what is to be loaded and empties what has to be; answers what is left, largest first.
   */
  private List<SourceTable> prepare(List<TableId> wanted, Found found) {
    try (TargetSession session = open()) {
      SchemaMatch.require(wanted, found.tables(), targetDialect.tables(session.connection()));
      stamps.requireOwned(session);
      // Of both kinds: one of ours that lost its network may still hold locks of the rows.
      stamps.endSessions(session, StampStore.loadPurpose(config.wave()));
      stamps.endSessions(session, StampStore.applyPurpose(config.wave()));
      stamps.claim(session);
      records.plan(session, found.tables(), config.truncate(), found.horizon());
      List<SourceTable> left = emptied(session, found.tables());
      session.commit();
      return left.stream()
          .sorted(Comparator.comparingLong(SourceTable::estimatedRows).reversed())
          .toList();
    } catch (SQLException e) {
      throw targetDialect.failure(e, "preparing the load");
    }
  }

  private List<SourceTable> emptied(TargetSession session, List<SourceTable> tables) {
    Map<TableId, SourceTable> left = new HashMap<>();
    for (SourceTable table : tables) {
      TableId id = table.schema().id();
      meter.planned(id, table.estimatedRows());
      left.put(id, table);
    }
    List<TableId> toEmpty = new ArrayList<>();
    for (TableLoad load : records.all(session)) {
      meter.known(load.table(), load.isComplete(), load.rows(), load.bytes());
      if (load.isComplete()) {
        left.remove(load.table());
      } else if (left.containsKey(load.table()) && mayHoldRows(session, load)) {
        toEmpty.add(requireMayBeEmptied(load));
      }
    }
    if (!toEmpty.isEmpty()) {
      session.truncate(toEmpty);
      records.emptied(session, toEmpty);
    }
    return List.copyOf(left.values());
  }

  /** What was begun is emptied also if it looks empty: its last session may still be committing. */
  private static boolean mayHoldRows(TargetSession session, TableLoad load) {
    return load.state() == TableLoad.State.RUNNING || !session.isEmpty(load.table());
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
