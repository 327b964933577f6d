package nl.veer.browser;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import nl.veer.control.status.RoleFigures;
import nl.veer.control.word.CaptureSaid;
import nl.veer.control.word.LedgerSaid;
import nl.veer.control.word.ReplicatorSaid;
import nl.veer.control.word.Said;

/** What the roles of a shop's wave say of themselves: each has its counters in its word. */
final class ShopRoles {
  private static final int EVENTS_PER_TRANSACTION = 4;
  private static final long SILENT_MILLIS = 34_000;

  private ShopRoles() {}

  /**
   * @param silent of these nothing was heard for half a minute
   */
  static List<RoleFigures> of(String position, long applied, Instant now, Set<String> silent) {
    long events = applied * EVENTS_PER_TRANSACTION;
    String at = now.toString();
    List<RoleFigures> roles = new ArrayList<>();
    roles.add(role("capture", at, new CaptureSaid(position, applied, applied, events)));
    roles.add(role("replicator", at, replicator(position, applied, events)));
    roles.add(role("echo", at, new CaptureSaid("0/9920B1C8", applied, applied, events)));
    roles.add(role("ledger", at, new LedgerSaid(position, applied, at, applied, events, 0)));
    roles.add(new RoleFigures("scan", "WAITING", "WAITING", 700L, at, "a1", 1, null, null));
    roles.replaceAll(role -> silent.contains(role.role()) ? silent(role, now) : role);
    return roles;
  }

  private static ReplicatorSaid replicator(String position, long applied, long events) {
    return new ReplicatorSaid(
        position,
        applied,
        applied,
        events,
        0,
        0,
        new ReplicatorSaid.Lag(12, 12, 11, 40, 2_104),
        new ReplicatorSaid.Load(3, 3, 6_000, 6_000, 9_001, 0));
  }

  private static RoleFigures role(String role, String at, Said said) {
    return new RoleFigures(role, "RUNNING", "RUNNING", 400L, at, "a1", 1, null, said);
  }

  private static RoleFigures silent(RoleFigures role, Instant now) {
    return new RoleFigures(
        role.role(),
        RoleFigures.SILENT,
        role.lastWord(),
        SILENT_MILLIS,
        now.minusMillis(SILENT_MILLIS).toString(),
        role.instance(),
        1,
        null,
        role.said());
  }
}
