package nl.veer.control.reading;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import nl.veer.control.reading.RoleReading.Seen;
import org.jspecify.annotations.Nullable;

/** Since when each role of a wave has been as it is. Owned by one thread. */
final class RoleHistory {
  private final Map<String, Entry> entries = new HashMap<>();

  private record Entry(
      RoleState state, Instant since, @Nullable Long done, @Nullable Instant moved) {}

  List<RoleReading> now(List<Seen> roles, Instant at) {
    return roles.stream().map(role -> now(role, at)).toList();
  }

  private RoleReading now(Seen seen, Instant at) {
    Entry before = entries.get(seen.role());
    boolean same = before != null && lasts(before.state(), seen.state());
    boolean moved =
        before == null || !Objects.equals(before.done(), seen.done()) || before.moved() == null;
    Entry entry =
        new Entry(
            seen.state(),
            same ? before.since() : at,
            seen.done(),
            seen.done() == null ? null : moved ? at : before.moved());
    entries.put(seen.role(), entry);
    return RoleReading.of(seen, entry.since(), entry.moved());
  }

  /** A role that goes from one trouble into another is in trouble since the first. */
  private static boolean lasts(RoleState before, RoleState now) {
    return before == now || isTrouble(before) && isTrouble(now);
  }

  private static boolean isTrouble(RoleState state) {
    return state == RoleState.RETRYING || state == RoleState.INCIDENT;
  }
}
