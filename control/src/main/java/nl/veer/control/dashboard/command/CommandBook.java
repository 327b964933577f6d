package nl.veer.control.dashboard.command;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The last commands of this process; the audit log has them all. Owned by whoever holds its lock.
 */
final class CommandBook {
  /** Whoever wants to know more asks the audit log. */
  static final int KEPT = 200;

  /** The oldest first. */
  private final Map<String, Command> commands = new LinkedHashMap<>();

  void put(Command command) {
    commands.put(command.id(), command);
    Iterator<Command> oldest = commands.values().iterator();
    while (commands.size() > KEPT && oldest.hasNext()) {
      if (oldest.next().endedAt() != null) {
        oldest.remove();
      }
    }
  }

  void remove(String id) {
    commands.remove(id);
  }

  Optional<Command> find(String id) {
    return Optional.ofNullable(commands.get(id));
  }

  /** What is under way in a wave, or waits there. */
  List<Command> open(String wave) {
    return all().stream()
        .filter(one -> one.endedAt() == null && one.order().wave().equals(wave))
        .toList();
  }

  Collection<Command> all() {
    return List.copyOf(commands.values());
  }

  /** The last one first. */
  List<Command> last(int limit) {
    List<Command> all = new ArrayList<>(commands.values());
    Collections.reverse(all);
    return List.copyOf(all.subList(0, Math.min(limit, all.size())));
  }
}
