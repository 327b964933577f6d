package nl.veer.control.wave;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import nl.veer.connectors.dialect.postgres.PostgresFailures;
import nl.veer.connectors.dialect.postgres.PostgresTarget;
import nl.veer.connectors.event.Position;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.control.config.VeerConfig;
import nl.veer.control.config.WaveConfig;
import nl.veer.replicator.stamp.Retirement;
import nl.veer.replicator.stamp.Stamp;
import nl.veer.replicator.stamp.WaveRecords;
import nl.veer.verifier.record.LedgerStore;

/**
 * Moves a wave from one leg to the next, and back. In this order: {@link #prepare} the next leg;
 * once the active side is fenced and drained, {@link #retire} the leg, {@link #adopt} the next one,
 * {@link #activate} it, {@link #awaitRoundTrip}; and when its side is open, {@link #cleanUp} the
 * old one. Until then {@link #remove} the next leg and {@link #unretire} the old one undo all.
 *
 * <p>Every step is durable when it returns and may be repeated. The roles themselves run wherever
 * {@link MigrationRun} runs; they follow what is on record here. Each call opens sessions of its
 * own; for one cutover at a time.
 */
public final class Legs {
  private static final Duration PACE = Duration.ofMillis(5);
  private static final Duration ANSWER = Duration.ofSeconds(10);

  private final Migration migration;
  private final OpenLog log;
  private final LegRecords records;
  private final LegGround ground;

  public Legs(Migration migration, OpenLog log) {
    this(migration, log, LegOwner.ALONE);
  }

  /**
   * @param owner asked in each change of the records at home
   */
  public Legs(Migration migration, OpenLog log, LegOwner owner) {
    this.migration = migration;
    this.log = log;
    this.records = new LegRecords(migration.target(), owner);
    this.ground = new LegGround(migration, log);
  }

  /**
   * The leg that each wave is on, in the order of the migration: the ACTIVE one; between two the
   * last that was; the first where nothing is on record.
   */
  public static Map<WaveId, Leg> current(Migration migration) {
    Map<WaveId, Leg> current = new LinkedHashMap<>();
    if (migration.waves().isEmpty()) {
      return current;
    }
    String name = migration.waves().keySet().iterator().next().migration();
    List<LegRecord> all = new LegRecords(migration.target()).read(name);
    migration
        .waves()
        .keySet()
        .forEach(home -> current.put(home, Leg.of(migration, home, number(all, home))));
    return current;
  }

  /** The same without their tables, so that neither source nor target of a leg need answer. */
  public static Map<WaveId, Leg> current(VeerConfig config) {
    Migration bare = Migration.bare(config);
    List<LegRecord> all = new LegRecords(bare.target()).read(config.migration());
    Map<WaveId, Leg> current = new LinkedHashMap<>();
    for (WaveConfig wave : config.waves()) {
      WaveId home = config.id(wave);
      current.put(home, Leg.of(bare, home, number(all, home)));
    }
    return current;
  }

  /** As {@link #current(VeerConfig)}, over a session that is open at home. */
  public static Map<WaveId, Leg> current(VeerConfig config, Connection home) throws SQLException {
    Migration bare = Migration.bare(config);
    List<LegRecord> all = LegRecords.read(home, config.migration());
    Map<WaveId, Leg> current = new LinkedHashMap<>();
    for (WaveConfig wave : config.waves()) {
      WaveId id = config.id(wave);
      current.put(id, Leg.of(bare, id, number(all, id)));
    }
    return current;
  }

  /** A wave's first leg, whatever is on record. */
  public static Leg first(VeerConfig config, WaveId home) {
    return Leg.of(Migration.bare(config), home, 0);
  }

  /** All legs of a wave that there are or were, oldest first. */
  public static List<Leg> all(VeerConfig config, WaveId home) {
    Migration bare = Migration.bare(config);
    List<Leg> legs = new ArrayList<>();
    legs.add(Leg.of(bare, home, 0));
    for (LegRecord one : new LegRecords(bare.target()).read(config.migration())) {
      if (one.home().equals(home) && one.number() > 0) {
        legs.add(Leg.of(bare, home, one.number()));
      }
    }
    return legs;
  }

  static int number(List<LegRecord> all, WaveId home) {
    List<LegRecord> own = all.stream().filter(one -> one.home().equals(home)).toList();
    return own.stream()
        .filter(one -> one.state() == LegState.ACTIVE)
        .findFirst()
        .or(
            () ->
                own.stream()
                    .filter(one -> one.state() == LegState.RETIRED)
                    .max(Comparator.comparingInt(LegRecord::number)))
        .map(LegRecord::number)
        .orElse(0);
  }

  /** The wave's leg of this number, whether or not it is on record. */
  public Leg leg(WaveId home, int number) {
    return of(migration, home, number);
  }

  /** A wave's leg of this number, whether or not it is on record. */
  public static Leg of(Migration migration, WaveId home, int number) {
    return Leg.of(migration, home, number);
  }

  /**
   * Makes what the next leg needs, while the leg goes on: its slots, publications and topics on
   * both sides. When this returns it is PREPARED, and its log is captured wherever captures run.
   * That log also gets what is still applied on its side; it lies before the leg's beginning.
   *
   * @return the next leg
   */
  public Leg prepare(Leg leg) {
    Leg next = next(leg);
    ground.make(next);
    records.prepared(next);
    return next;
  }

  private static Leg next(Leg leg) {
    try {
      return leg.next();
    } catch (IllegalArgumentException e) {
      throw new Failure(
          FailureKind.CONFIGURATION,
          "LEGS_USED_UP",
          "Wave %s has had %d legs, and no name is left for one more. Finish the migration."
              .formatted(leg.home(), leg.number() + 1),
          e);
    }
  }

  /**
   * Ends the leg: when this returns no replicator of it, running, paused or started later, commits
   * anything more, and no ledger of it writes another finding.
   */
  public void retire(Leg leg) {
    records.retired(leg);
    try (Beside ledger = taking(leg)) {
      retirement(leg).mark(leg.wave());
      ledger.join();
    }
  }

  private Beside taking(Leg leg) {
    return migration.verification().ledger()
        ? Beside.of("ledger end", () -> LedgerStore.claim(leg.to(), leg.wave()).close())
        : Beside.nothing();
  }

  /**
   * Undoes {@link #retire}, before the next leg's side was opened.
   *
   * @throws Failure CONFLICT if another leg is ACTIVE
   */
  public void unretire(Leg leg) {
    retirement(leg).undo(leg.wave());
    records.active(leg, null);
  }

  /**
   * The number of the leg that a wave is on, as home says in the caller's transaction; empty while
   * one is about to follow another.
   */
  public static OptionalInt active(Connection home, WaveId wave) throws SQLException {
    List<LegRecord> own =
        LegRecords.read(home, wave.migration()).stream()
            .filter(one -> one.home().equals(wave))
            .toList();
    return own.isEmpty()
        ? OptionalInt.of(0)
        : own.stream()
            .filter(one -> one.state() == LegState.ACTIVE)
            .mapToInt(LegRecord::number)
            .findFirst();
  }

  /**
   * For an abort, however far it was: when this returns, nothing is carried on the next leg, so the
   * side that the leg comes from may take writes. Needs that side and home alone. Nothing happens
   * if the next one was not prepared.
   */
  public static void stopNext(Migration migration, Leg leg, LegOwner owner) {
    LegRecords records = new LegRecords(migration.target(), owner);
    Leg next = next(leg);
    if (records.isOnRecord(next)) {
      records.stopped(next);
      retirement(next).mark(next.wave());
    }
  }

  /**
   * Behind {@link #stopNext}: the leg goes on. What is left of the next one is {@link #remove}d
   * later, which takes longer.
   */
  public static void goOn(Migration migration, Leg leg, LegOwner owner) {
    LegRecords records = new LegRecords(migration.target(), owner);
    if (records.isOnRecord(next(leg))) {
      retirement(leg).undo(leg.wave());
      if (!records.isActive(leg)) {
        records.active(leg, null);
      }
    }
  }

  /** Whether a leg was ended, by the record at home. */
  public static boolean isRetired(Migration migration, Leg leg) {
    return new LegRecords(migration.target()).isRetired(leg);
  }

  /** Whether a leg was made, and not removed. */
  public static boolean isOnRecord(Migration migration, Leg leg) {
    return new LegRecords(migration.target()).isOnRecord(leg);
  }

  private static Retirement retirement(Leg leg) {
    return new Retirement(new PostgresTarget(), leg.to());
  }

  /**
   * Does ahead what takes time of {@link #adopt}, of a PREPARED leg, while writes go on. The caller
   * closes it.
   */
  public LegAdoption readyToAdopt(Leg next) {
    return new LegAdoption(next, log);
  }

  /**
   * Begins a PREPARED leg where it stands now: both sides are equal, nobody writes to either, and
   * the leg before is retired. What its log holds up to here is never applied.
   *
   * @param rows of each table, for the records; one that is left out has 0
   * @param limit for a marker's way into the leg's log
   * @throws Failure CONFLICT if the leg before is not retired
   */
  public LegCut adopt(Leg next, Map<TableId, Long> rows, Duration limit) {
    try (LegAdoption ready = readyToAdopt(next)) {
      return ready.begin(rows, limit, new StopSignal());
    }
  }

  /**
   * Lets an adopted leg run: every process that has roles of the wave begins those of this leg.
   *
   * @throws Failure CONFLICT if another leg is ACTIVE, or this one was not adopted
   */
  public void activate(Leg next) {
    Stamp stamp =
        new WaveRecords(new PostgresTarget(), next.to())
            .stamp(next.wave())
            .orElseThrow(
                () ->
                    new Failure(
                        FailureKind.CONFLICT,
                        "LEG_STATE",
                        "Leg %d of wave %s has no stamp, so it cannot run. Nothing was changed."
                            .formatted(next.number(), next.home())));
    activate(next, LegCut.of(stamp));
  }

  /**
   * As {@link #activate(Leg)}, of one whose adoption has answered this.
   *
   * @throws Failure CONFLICT if another leg is ACTIVE
   */
  public void activate(Leg next, LegCut adopted) {
    records.active(next, adopted);
  }

  /**
   * Sends a canary: a marker from the leg's own side, until the other side's stamp has passed it.
   *
   * @return how long its way was
   * @throws Failure TRANSIENT if it was not applied in time
   */
  public Duration awaitRoundTrip(Leg leg, Duration limit) {
    long begin = System.nanoTime();
    awaitCanary(leg, canary(leg), limit, new StopSignal());
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  /**
   * Waits until the stamp of the other side has passed a canary.
   *
   * @param unwanted raised when nobody wants it any more
   * @throws Failure TRANSIENT if it was not applied in time
   */
  public void awaitCanary(Leg leg, Position canary, Duration limit, StopSignal unwanted) {
    long begin = System.nanoTime();
    try (Connection to = leg.to().openBounded(leg.wave() + " canary", ANSWER)) {
      do {
        boolean passed =
            WaveRecords.stamp(to, leg.wave())
                .map(Stamp::position)
                .filter(position -> position.isAfter(canary))
                .isPresent();
        if (passed) {
          return;
        }
      } while (!unwanted.await(PACE) && System.nanoTime() - begin < limit.toNanos());
    } catch (SQLException e) {
      throw PostgresFailures.target(e, "waiting for a canary of wave " + leg.wave());
    }
    throw MarkerWatch.silent(leg, limit);
  }

  private static Position canary(Leg leg) {
    try (Connection from = leg.from().openBounded(leg.wave() + " canary", ANSWER)) {
      return LegAdoption.canary(from, leg);
    } catch (SQLException e) {
      throw PostgresFailures.source(e, "sending a canary of wave " + leg.wave());
    }
  }

  /**
   * For an abort: nothing is left of the next leg, however far it was: prepared in part, adopted,
   * or ACTIVE. What its replicator may have committed is whatever was written on its own side.
   */
  public void remove(Leg next) {
    records.stopped(next);
    retirement(next).mark(next.wave());
    ground.remove(next);
    records.removed(next);
  }

  /**
   * When the next leg's side is open: nobody keeps WAL for the leg any more. Its topics and records
   * stay until the migration is finished.
   *
   * @throws Failure CONFLICT if it is not retired
   */
  public void cleanUp(Leg retired) {
    if (!retirement(retired).stands(retired.wave())) {
      throw new Failure(
          FailureKind.CONFLICT,
          "LEG_STATE",
          "Leg %d of wave %s is not retired; its slots are in use. Nothing was changed."
              .formatted(retired.number(), retired.home()));
    }
    ground.cleanUp(retired);
  }

  /**
   * Lets the next roles load all tables of the leg anew, after emptying them, from a new slot. The
   * log of a leg behind the first is made here, for no role makes that. May be repeated.
   *
   * @throws Failure CONFLICT if a role of it runs
   */
  public void loadAgain(Leg leg) {
    new WaveRemoval(leg.from(), leg.to(), log.kafka()).loadAgain(leg.wave());
    if (leg.number() > 0) {
      new LegRoles(migration, log).capture(leg).prepare();
    }
  }

  /** Forgets all legs of a wave but the first, after they were removed. */
  public static void forget(VeerConfig config, WaveId home) {
    new LegRecords(Migration.bare(config).target()).forget(home);
  }
}
