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
    Entry entry =
        before == null
            ? new Entry(seen.state(), at, seen.done(), seen.done() == null ? null : at)
            : after(before, seen, at);
    entries.put(seen.role(), entry);
    return RoleReading.of(seen, entry.since(), entry.moved());
  }

  private static Entry after(Entry before, Seen seen, Instant at) {
    boolean moved = before.moved() == null || !Objects.equals(before.done(), seen.done());
    return new Entry(
        seen.state(),
        lasts(before.state(), seen.state()) ? before.since() : at,
        seen.done(),
        seen.done() == null ? null : moved ? at : before.moved());
  }

  /** A role that goes from one trouble into another is in trouble since the first. */
  private static boolean lasts(RoleState before, RoleState now) {
    return before == now || (isTrouble(before) && isTrouble(now));
  }

  private static boolean isTrouble(RoleState state) {
    return state == RoleState.RETRYING || state == RoleState.INCIDENT;
  }
}
