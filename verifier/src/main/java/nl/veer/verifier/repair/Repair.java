package nl.veer.verifier.repair;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import nl.veer.connectors.dialect.SourceConnections;
import nl.veer.connectors.dialect.TargetConnections;
import nl.veer.connectors.dialect.TargetSession;
import nl.veer.connectors.dialect.postgres.PostgresFailures;
import nl.veer.connectors.dialect.postgres.PostgresTarget;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.verifier.blame.BlamedTable;
import nl.veer.verifier.blame.WaveGround;
import nl.veer.verifier.record.DifferenceRecord;
import nl.veer.verifier.record.Horizon;
import nl.veer.verifier.record.Secrets;
import nl.veer.verifier.repair.RowMending.Answer;
import nl.veer.verifier.repair.RowMending.Shown;
import nl.veer.verifier.scan.Settlement;
import nl.veer.verifier.scan.Settlement.Unjudged;
import nl.veer.verifier.scan.postgres.HashAgreement;
import nl.veer.verifier.scan.postgres.RowHash;
import nl.veer.verifier.scan.postgres.ScanSession;
import nl.veer.verifier.verdict.RowKey;
import org.jspecify.annotations.Nullable;

/**
 * Plans and carries out the repair of a wave's rows. Rows go in slices, each one transaction of the
 * target; then both sides are looked at again, and what is equal is closed on record. Killed at any
 * place, a slice was written whole or not at all, and the next repair finds what is written already
 * equal. Owned by one thread; the stop signal may be raised by any, and is heeded between slices.
 */
public final class Repair implements AutoCloseable {
  private static final int ATTEMPTS = 5;
  private static final Duration BETWEEN = Duration.ofMillis(300);

  private final WaveId wave;
  private final WaveGround tables;
  private final StopSignal stop;
  private final RowSides sides;
  private final TargetSession session;
  private final KeyedMending keyed;
  private @Nullable CopiesMending copies;

  /** Told of each row as it is planned. */
  public interface Show {
    void row(BlamedTable table, PlannedRow row, RowPair pair);
  }

  /**
   * @param settlement tells which rows are in motion
   * @throws Failure if a side cannot be reached
   */
  public Repair(
      WaveGround tables,
      SourceConnections source,
      TargetConnections target,
      Settlement settlement,
      StopSignal stop) {
    this.wave = tables.wave();
    this.tables = tables;
    this.stop = stop;
    RowHash hash = RowHash.random();
    this.sides =
        new RowSides(
            ScanSession.source(source, hash),
            ScanSession.target(target, hash),
            wave,
            settlement,
            stop);
    this.session = new PostgresTarget().openBriefly(target, wave + " repair");
    this.keyed = new KeyedMending(sides, session);
  }

  /** The wave's tables that can be repaired. */
  public Map<TableId, BlamedTable> ground(Collection<TableId> wanted) {
    Map<TableId, BlamedTable> ground = tables.read(sides.source(), sides.target(), wanted);
    sides.source().end();
    sides.target().end();
    return ground;
  }

  /** Cuts a table's rows into what goes into one transaction, in their order. */
  public List<List<DifferenceRecord>> slices(BlamedTable table, List<DifferenceRecord> rows) {
    return new Slices(sides).of(table, rows);
  }

  /**
   * Plans a slice; changes nothing.
   *
   * @param differences of this table
   * @throws Unjudged if the table is not caught up with its load
   */
  public List<PlannedRow> plan(BlamedTable table, List<DifferenceRecord> differences, Show show)
      throws Unjudged {
    List<PlannedRow> rows = new ArrayList<>();
    for (Shown shown : mending(table).plan(table, differences)) {
      show.row(table, shown.row(), shown.pair());
      rows.add(shown.row());
    }
    return rows;
  }

  private RowMending mending(BlamedTable table) {
    if (table.table().hasKey()) {
      return keyed;
    }
    CopiesMending known = copies;
    if (known == null) {
      RowHash secret =
          asking("reading the scans' secret", open -> Secrets.scans(open, wave))
              .map(key -> RowHash.keyed(key.secret()))
              .orElseGet(RowHash::random);
      RowHash hash = HashAgreement.of(sides.source(), sides.target(), secret);
      sides.source().end();
      sides.target().end();
      known = new CopiesMending(sides, session, hash);
      copies = known;
    }
    return known;
  }

  /**
   * Makes ready to write.
   *
   * @throws Failure CONFIGURATION if the ledger would not know whose the changes are
   */
  public void prepare() {
    asking(
        "preparing a repair of wave " + wave,
        connection -> {
          new PostgresTarget().migrateRecords(connection);
          RepairRecords.requireHeard(connection, wave);
          return true;
        });
  }

  /** Carries out what was planned for a slice of a table, and verifies it. */
  public List<Mended> apply(BlamedTable table, List<PlannedRow> planned) {
    List<Mended> mended = new ArrayList<>();
    try {
      RepairTransaction.Outcome outcome = written(table, planned);
      outcome.others().stream()
          .filter(one -> one.state() == Mended.State.LEFT)
          .forEach(mended::add);
      List<PlannedRow> proving = new ArrayList<>(outcome.written().keySet());
      outcome.others().stream()
          .filter(one -> one.state() == Mended.State.EQUAL)
          .forEach(one -> proving.add(one.row()));
      mended.addAll(proven(table, proving, outcome.written()));
    } catch (Unjudged e) {
      planned.forEach(row -> mended.add(Mended.left(row, String.valueOf(e.getMessage()))));
    } catch (Failure e) {
      if (e.kind() != FailureKind.TARGET_DATA && e.kind() != FailureKind.TRANSIENT) {
        throw e;
      }
      planned.forEach(row -> mended.add(Mended.left(row, String.valueOf(e.getMessage()))));
    }
    return mended;
  }

  /** A row that somebody holds, or a stamp, is free again soon. */
  private RepairTransaction.Outcome written(BlamedTable table, List<PlannedRow> planned)
      throws Unjudged {
    for (int attempt = 1; ; attempt++) {
      try {
        return mending(table).write(table, planned);
      } catch (Failure failure) {
        boolean passes = failure.code().equals("LOCKED") || failure.code().equals("SERIALIZATION");
        if (!passes || attempt == ATTEMPTS || stop.await(BETWEEN)) {
          throw failure;
        }
      }
    }
  }

  private List<Mended> proven(
      BlamedTable table, List<PlannedRow> rows, Map<PlannedRow, Long> written) throws Unjudged {
    if (rows.isEmpty()) {
      return List.of();
    }
    List<RowKey> keys = rows.stream().map(row -> row.suspect().key()).toList();
    Horizon before = asking("reading how far the target is", Horizon::now);
    Map<RowKey, Answer> answers = mending(table).prove(table, keys);
    return asking(
        "keeping what a repair has mended",
        connection -> {
          RepairClosing closing = new RepairClosing(connection, wave, table, before);
          List<Mended> mended = new ArrayList<>();
          for (PlannedRow row : rows) {
            Answer answer = answers.getOrDefault(row.suspect().key(), Answer.UNKNOWN);
            mended.add(closing.of(row, written.getOrDefault(row, 0L), answer));
          }
          return mended;
        });
  }

  private interface Asking<T> {
    T ask(Connection connection) throws SQLException;
  }

  private <T> T asking(String doing, Asking<T> asking) {
    boolean done = false;
    try {
      T answer = asking.ask(session.connection());
      session.commit();
      done = true;
      return answer;
    } catch (SQLException e) {
      throw PostgresFailures.target(e, doing);
    } finally {
      if (!done) {
        session.rollback();
      }
    }
  }

  @Override
  public void close() {
    session.close();
    sides.source().close();
    sides.target().close();
  }
}
