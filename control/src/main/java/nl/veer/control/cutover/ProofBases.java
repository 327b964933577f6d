package nl.veer.control.cutover;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import nl.veer.connectors.dialect.postgres.PostgresFailures;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.control.wave.Leg;
import nl.veer.control.wave.Migration;
import nl.veer.control.wave.OpenLog;
import nl.veer.verifier.changed.ChangeGround;
import nl.veer.verifier.changed.ScanBases;
import nl.veer.verifier.record.ScanBase;
import nl.veer.verifier.record.ScanKind;
import nl.veer.verifier.record.ScanStore;
import nl.veer.verifier.scan.LogSettlement;
import nl.veer.verifier.scan.Scan;
import nl.veer.verifier.scan.ScanConfig;
import nl.veer.verifier.scan.postgres.RowHash;
import nl.veer.verifier.verdict.ScanStatement;
import nl.veer.verifier.verdict.TableStatement;

/**
 * The scans that a proof of what has changed rests on: those on record, and such as are made for it
 * while writes go on.
 */
record ProofBases(Leg leg, Migration migration, Supplier<OpenLog> log) {
  private static final Duration ANSWER = Duration.ofSeconds(30);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

  /** Fewer are not worth a chunk's round trips. */
  private static final long MIN_CHUNK_ROWS = 20_000;

  /** So many last keys of chunks are in memory, and asked for with the keys that were touched. */
  private static final long MAX_CHUNKS = 20_000;

  /**
   * @param rows about how many each table has
   */
  ChangeGround ground(Map<TableId, Long> rows) {
    long all = rows.values().stream().mapToLong(Long::longValue).sum();
    return new ChangeGround(
        endpoints(),
        migration.tolerances(),
        () -> log.get().reader(leg.wave()),
        () -> log.get().reader(leg.wave().echo()),
        rows,
        Math.max(MIN_CHUNK_ROWS, all / MAX_CHUNKS));
  }

  private Scan.Endpoints endpoints() {
    return new Scan.Endpoints(leg.from(), leg.to(), leg.wave());
  }

  /** Those on record that are good to rest on. */
  List<ScanBase> good(ChangeGround ground, StopSignal stop) {
    Map<TableId, ScanBase> recorded = recorded();
    recorded.keySet().retainAll(leg.tables());
    return ScanBases.good(ground, recorded.values(), stop);
  }

  private Map<TableId, ScanBase> recorded() {
    try (Connection connection = leg.to().openBounded(purpose(), ANSWER)) {
      return recorded(connection);
    } catch (SQLException e) {
      throw PostgresFailures.target(e, "looking for the last scans of wave " + leg.wave());
    }
  }

  private Map<TableId, ScanBase> recorded(Connection to) throws SQLException {
    return ScanStore.bases(to, leg.wave());
  }

  private String purpose() {
    return CutoverStore.purpose(leg.home());
  }

  /** The tables of which none of these is. */
  Set<TableId> lacking(Collection<ScanBase> bases) {
    Set<TableId> lacking = new TreeSet<>(leg.tables());
    bases.forEach(base -> lacking.remove(base.table()));
    return lacking;
  }

  /**
   * Scans tables now, at the pace of the wave's own scans, and keeps what it says on record.
   *
   * @throws Failure TRANSIENT if it was stopped; any if a table was not found to be equal
   */
  void scan(Collection<TableId> tables, StopSignal stop) {
    List<String> unequal = new ArrayList<>();
    try (ScanStore store = ScanStore.claim(leg.to(), leg.wave(), ScanKind.CUTOVER);
        LogSettlement settlement = new LogSettlement(() -> log.get().reader(leg.wave()))) {
      for (TableId table : new TreeSet<>(tables)) {
        store.renew();
        Scan scan =
            new Scan(
                how(),
                endpoints(),
                RowHash.keyed(store.secret().secret()),
                settlement,
                store,
                Clock.systemUTC());
        ScanStatement statement = stoppable(scan, List.of(table), stop);
        if (stop.isRaised()) {
          throw new Failure(
              FailureKind.TRANSIENT, "CUTOVER_STOPPED", "Asked to stop while scanning the tables.");
        }
        for (TableStatement one : statement.tables()) {
          store.keep(one, statement.hash(), statement.startedAt());
          Compared.against(List.of(one)).forEach(unequal::add);
        }
      }
    }
    if (!unequal.isEmpty()) {
      throw new Failure(
          FailureKind.TARGET_DATA,
          "PROOF_BASE",
          "The scan that the proof shall rest on, made just now, does not say EQUAL: %s. See more"
                  .formatted(String.join("; ", unequal))
              + " with veer diff, mend it, and begin again.");
    }
  }

  private ScanConfig how() {
    return new ScanConfig(
        migration.verification().scanWorkers(),
        ScanConfig.CHUNK_ROWS,
        migration.verification().scanRate(),
        migration.tolerances());
  }

  private static ScanStatement stoppable(Scan scan, List<TableId> tables, StopSignal stop) {
    StopSignal over = new StopSignal();
    Thread watch =
        new Thread(
            () -> {
              while (!over.isRaised() && !stop.isRaised()) {
                over.await(LOOK_AGAIN);
              }
              if (stop.isRaised()) {
                scan.stop();
              }
            },
            "cutover scan watch");
    watch.setDaemon(true);
    watch.start();
    try {
      return scan.run(tables);
    } finally {
      over.raise();
    }
  }

  /**
   * @throws Failure if one of these tables was loaded anew since, or a later scan does not find it
   *     equal
   */
  void requireStanding(Connection to, Collection<ScanBase> bases) throws SQLException {
    Map<TableId, ScanBase> now = recorded(to);
    Set<TableId> lost = new HashSet<>();
    for (ScanBase base : bases) {
      ScanBase last = now.get(base.table());
      if (last == null || !last.loadMark().equals(base.loadMark())) {
        lost.add(base.table());
      }
    }
    if (!lost.isEmpty()) {
      throw new Failure(
          FailureKind.CONFLICT,
          "PROOF_BASE",
          "The scan that the proof rests on does not hold any more for %s: loaded anew, or found"
                  .formatted(new TreeSet<>(lost))
              + " different, since the attempt began. Begin again.");
    }
  }
}
