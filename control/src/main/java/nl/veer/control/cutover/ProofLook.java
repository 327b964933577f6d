package nl.veer.control.cutover;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import nl.veer.connectors.dialect.postgres.PostgresFailures;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.control.wave.Leg;
import nl.veer.control.wave.Migration;
import nl.veer.control.wave.OpenLog;
import nl.veer.verifier.changed.ChangeFollower;
import nl.veer.verifier.changed.ChangeGround;
import nl.veer.verifier.record.ScanBase;

/** Finds out how both sides would be compared, for a plan. Changes nothing. */
record ProofLook(Leg leg, Migration migration, Supplier<OpenLog> log, StopSignal stop) {
  private static final Duration ANSWER = Duration.ofSeconds(30);

  /**
   * @param changes whether to look for what has changed, if not all is compared
   */
  ProofPlan at(Duration budget, boolean changes) {
    try (Connection from = leg.from().openBounded(CutoverStore.purpose(leg.home()), ANSWER)) {
      ProofPlan plan = ProofPlan.of(RowEstimate.all(from, leg.tables()), budget);
      return plan.whole() || !changes || !migration.verification().ledger()
          ? plan
          : changed(plan, RowEstimate.each(from, leg.tables()));
    } catch (SQLException e) {
      throw PostgresFailures.source(e, "planning the cutover");
    }
  }

  /** As far as that is known: tables without a scan to rest on are scanned by an attempt first. */
  private ProofPlan changed(ProofPlan plan, Map<TableId, Long> rows) {
    ProofBases bases = new ProofBases(leg, migration, log);
    ChangeGround ground = bases.ground(rows);
    try {
      List<ScanBase> good = bases.good(ground, stop);
      if (!bases.lacking(good).isEmpty()) {
        return plan;
      }
      try (ChangeFollower follower = ChangeFollower.open(ground, good, stop)) {
        follower.catchUp(stop);
        return plan.with(follower.changed());
      }
    } catch (Failure unreadable) {
      // The gate says what is wrong with the log; a plan is shown in any case.
      return plan;
    }
  }
}
