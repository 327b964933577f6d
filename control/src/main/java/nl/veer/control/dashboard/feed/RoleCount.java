package nl.veer.control.dashboard.feed;

import java.time.Instant;
import nl.veer.control.status.RoleFigures;
import nl.veer.control.word.CaptureSaid;
import nl.veer.control.word.Doing;
import nl.veer.control.word.LedgerSaid;
import nl.veer.control.word.ReplicatorSaid;
import nl.veer.control.word.Said;
import org.jspecify.annotations.Nullable;

/**
 * What a role of a process has done up to a moment.
 *
 * @param instance the process
 * @param at by its clock
 * @param number of the last transaction in the log; 0 before the first
 * @param transactions since the process began
 * @param rows changes of rows since then
 */
record RoleCount(String instance, Instant at, long number, long transactions, long rows) {

  /** Null if the role says nothing now, or does not count. */
  static @Nullable RoleCount of(@Nullable RoleFigures role) {
    if (role == null || !speaks(role)) {
      return null;
    }
    String instance = role.instance();
    String at = role.at();
    Said said = role.said();
    if (instance == null || at == null || said == null) {
      return null;
    }
    Instant when = Instant.parse(at);
    if (said instanceof CaptureSaid capture) {
      return new RoleCount(
          instance, when, capture.transaction(), capture.transactions(), capture.events());
    }
    if (said instanceof ReplicatorSaid replicator) {
      return new RoleCount(
          instance, when, replicator.transaction(), replicator.transactions(), replicator.events());
    }
    if (said instanceof LedgerSaid ledger) {
      Long number = ledger.balancedTransaction();
      return new RoleCount(
          instance, when, number == null ? 0 : number, ledger.transactions(), ledger.rows());
    }
    return null;
  }

  private static boolean speaks(RoleFigures role) {
    return !role.isSilent()
        && !role.state().equals(RoleFigures.NO_WORD)
        && !role.state().equals(Doing.ENDED.name())
        && !role.state().equals(Doing.UNREADABLE.name());
  }

  /** Whether what was counted between that and this is the difference of the two. */
  boolean follows(RoleCount before) {
    return instance.equals(before.instance)
        && !at.isBefore(before.at)
        && transactions >= before.transactions
        && rows >= before.rows;
  }
}
