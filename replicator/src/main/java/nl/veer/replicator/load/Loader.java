package nl.veer.replicator.load;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
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
import nl.veer.replicator.stamp.StampStore;
import nl.veer.replicator.stamp.TableLoad;

/**
 * Loads what the target does not record as complete. One {@link #run} is one attempt; the next one
 * goes on with the tables that are left. A table that was begun is emptied and loaded again.
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
    this.meter = meter;
  }

  /** Whether every table of the wave is loaded. Needs the target only. */
  public boolean isComplete() {
    try (TargetSession session = open()) {
      List<TableLoad> loads = stamps.loads(session);
      loads.forEach(
          load -> meter.known(load.table(), load.isComplete(), load.rows(), load.bytes()));
      Set<TableId> complete = new HashSet<>();
      loads.stream().filter(TableLoad::isComplete).forEach(load -> complete.add(load.table()));
      return complete.containsAll(config.tables());
    }
  }

  /** Loads until all is done or the signal is raised; throws what ends the attempt. */
  public void run(StopSignal stop) {
    Found found = find(stop);
    if (stop.isRaised()) {
      return;
    }
    try (LoadQueue queue = new LoadQueue(prepare(found))) {
      new LoadWorkers(config, queue, stop, this::worker).run();
    }
  }

  private LoadWorker worker(LoadQueue queue) {
    return new LoadWorker(config.wave(), queue, source, dialect, this::open, stamps, meter);
  }

  private TargetSession open() {
    return targetDialect.open(target, StampStore.loadPurpose(config.wave()));
  }

  /** What the source has, and where its log was when it was looked at. */
  private record Found(List<SourceTable> tables, String horizon) {}

  /** The load must not begin before the log keeps what changes from now on. */
  private Found find(StopSignal stop) {
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
      return new Found(dialect.tables(connection, config.tables()), horizon);
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
  private List<SourceTable> prepare(Found found) {
    List<SourceTable> tables = found.tables();
    try (TargetSession session = open()) {
      SchemaMatch.require(config.tables(), tables, targetDialect.tables(session.connection()));
      stamps.requireOwned(session);
      stamps.endSessions(session, StampStore.loadPurpose(config.wave()));
      stamps.claim(session);
      Map<TableId, SourceTable> left = new HashMap<>();
      for (SourceTable table : tables) {
        TableId id = table.schema().id();
        stamps.plan(session, table, config.truncate(), found.horizon());
        meter.planned(id, table.estimatedRows());
        left.put(id, table);
      }
      List<TableId> toEmpty = new ArrayList<>();
      for (TableLoad load : stamps.loads(session)) {
        meter.known(load.table(), load.isComplete(), load.rows(), load.bytes());
        if (load.isComplete()) {
          left.remove(load.table());
        } else if (left.containsKey(load.table()) && mayHoldRows(session, load)) {
          toEmpty.add(requireMayBeEmptied(load));
        }
      }
      if (!toEmpty.isEmpty()) {
        session.truncate(toEmpty);
      }
      session.commit();
      return left.values().stream()
          .sorted(Comparator.comparingLong(SourceTable::estimatedRows).reversed())
          .toList();
    } catch (SQLException e) {
      throw targetDialect.failure(e, "preparing the load");
    }
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
