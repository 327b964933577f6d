package nl.veer.control.dashboard.command;

import java.time.Duration;
import java.util.List;
import nl.veer.connectors.event.TableId;
import org.jspecify.annotations.Nullable;

/**
 * What was asked for, put as it must be.
 *
 * @param reason in the asker's words; null if none was given
 * @param tables of a SCAN; empty for all
 * @param budget writes may be refused for so long; null for the configured time
 */
public record CommandOrder(
    String wave,
    CommandName command,
    @Nullable String reason,
    List<TableId> tables,
    @Nullable Duration budget,
    Caller asker) {

  public CommandOrder {
    tables = List.copyOf(tables);
  }

  /** As the audit log says it. */
  String words() {
    StringBuilder words = new StringBuilder("dashboard: " + command.word());
    if (!tables.isEmpty()) {
      words.append(" of ").append(tables.get(0));
      if (tables.size() > 1) {
        words.append(" and %d more tables".formatted(tables.size() - 1));
      }
    }
    if (budget != null) {
      words.append(" within %d ms".formatted(budget.toMillis()));
    }
    words.append(", asked by ").append(asker.words());
    if (reason != null) {
      words.append(": ").append(reason);
    }
    return words.toString();
  }
}
