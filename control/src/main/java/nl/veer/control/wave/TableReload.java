package nl.veer.control.wave;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import nl.veer.connectors.dialect.SourceConnections;
import nl.veer.connectors.dialect.TargetConnections;
import nl.veer.connectors.dialect.postgres.PostgresFailures;
import nl.veer.connectors.dialect.postgres.PostgresSessions;
import nl.veer.connectors.dialect.postgres.PostgresTarget;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.replicator.stamp.StampStore;
import nl.veer.replicator.stamp.TableLoad;
import nl.veer.replicator.stamp.WaveRecords;

/**
 * Has tables loaded anew while their wave goes on. Asks only: the wave's replicator does it, in
 * whatever process it runs, and the next one if none does. What was asked for stands on the target
 * and outlives every process. Each call opens sessions of its own.
 */
public final class TableReload {
  /** The code of the one failure after which a request does not stand any more. */
  public static final String REMOVED = "RECORDS_REMOVED";

  private final Function<WaveId, Sides> sides;

  private record Sides(SourceConnections source, TargetConnections target) {
    WaveRecords records() {
      return new WaveRecords(new PostgresTarget(), target);
    }
  }

  public TableReload(SourceConnections source, TargetConnections target) {
    Sides all = new Sides(source, target);
    this.sides = wave -> all;
  }

  /** Of waves on these legs, each known by its leg's own id. */
  public TableReload(List<Leg> legs) {
    Map<WaveId, Sides> all = new HashMap<>();
    legs.forEach(leg -> all.put(leg.wave(), new Sides(leg.from(), leg.to())));
    this.sides = wave -> Objects.requireNonNull(all.get(wave));
  }

  private Sides of(WaveId wave) {
    return sides.apply(wave);
  }

  /**
   * How far tables are that were asked for.
   *
   * @param replicating whether a replicator of their wave has a session open
   */
  public record Look(List<TableLoad> loads, boolean replicating) {
    public Look {
      loads = List.copyOf(loads);
    }

    public boolean isComplete() {
      return loads.stream().allMatch(TableLoad::isComplete);
    }
  }

  /**
   * Which tables are meant, by their wave.
   *
   * @param names as {@code schema.table}, unquoted; either part may have dots of its own
   * @throws Failure CONFIGURATION if no wave, or more than one, has loaded a table of that name
   */
  public Map<WaveId, List<TableId>> find(List<WaveId> waves, List<String> names) {
    Map<WaveId, List<TableId>> found = new LinkedHashMap<>();
    Map<WaveId, List<TableLoad>> loads = new LinkedHashMap<>();
    waves.forEach(wave -> loads.put(wave, of(wave).records().loads(wave)));
    for (String name : names) {
      int meant = 0;
      for (WaveId wave : waves) {
        for (TableLoad load : loads.getOrDefault(wave, List.of())) {
          if (load.table().toString().equals(name)) {
            found.computeIfAbsent(wave, any -> new ArrayList<>()).add(load.table());
            meant++;
          }
        }
      }
      requireOne(name, meant);
    }
    return found;
  }

  private static void requireOne(String name, int meant) {
    if (meant != 1) {
      throw new Failure(
          FailureKind.CONFIGURATION,
          "TABLE_UNKNOWN",
          meant == 0
              ? "No load of a table %s is on record. Write it as schema.table.".formatted(name)
              : ("Several tables read as %s: say which wave's with --wave. If they are of one wave,"
                      + " for their names have dots, rename one, or load the wave anew.")
                  .formatted(name));
    }
  }

  /**
   * Looks whether they could be loaded as things are now. To be called for all waves before any is
   * asked for, for a request cannot be taken back.
   *
   * @throws Failure TARGET_DATA if the target cannot hold what the source has; another one for what
   *     else is in the way
   */
  public void requireGround(WaveId wave, List<TableId> tables) {
    new ReloadGround(of(wave).source(), of(wave).target()).require(wave, tables);
  }

  /**
   * Asks for them, whether or not they could be loaded.
   *
   * @return those that were whole until now; the others are about to be loaded already
   * @throws Failure LOST_POSITION if the wave's stamp is not as Veer wrote it
   */
  public List<TableId> ask(WaveId wave, List<TableId> tables) {
    return of(wave).records().askAgain(wave, tables);
  }

  /**
   * @throws Failure CONFIGURATION if one of them is not on record any more
   */
  public Look look(WaveId wave, List<TableId> tables) {
    List<TableLoad> loads =
        of(wave).records().loads(wave).stream()
            .filter(load -> tables.contains(load.table()))
            .toList();
    if (loads.size() != tables.size()) {
      throw new Failure(
          FailureKind.CONFIGURATION,
          REMOVED,
          "The records of wave %s were removed meanwhile, and the request with them."
              .formatted(wave.home().wave()));
    }
    try (Connection connection = of(wave).target().open(wave + " look")) {
      return new Look(
          loads,
          PostgresSessions.anyFor(
              connection, List.of(StampStore.applyPurpose(wave), StampStore.loadPurpose(wave))));
    } catch (SQLException e) {
      throw PostgresFailures.target(e, "looking for replicators of wave " + wave.wave());
    }
  }
}
