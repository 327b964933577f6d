package nl.veer.control.dashboard.api;

import java.util.List;
import nl.veer.control.dashboard.command.CommandName;
import org.jspecify.annotations.Nullable;

/**
 * What somebody asks of a wave.
 *
 * @param reason why, for the audit log: at most 500 characters
 * @param tables of a SCAN, each as schema.table; all if none is given
 * @param budgetMillis of REHEARSE, CUTOVER and FALLBACK: writes may be refused for so long, instead
 *     of cutover.max-outage
 * @param confirm of CUTOVER and FALLBACK: the wave's name, as somebody has typed it
 */
public record CommandRequest(
    CommandName command,
    @Nullable String reason,
    @Nullable List<String> tables,
    @Nullable Long budgetMillis,
    @Nullable String confirm) {

  public CommandRequest {
    tables = tables == null ? null : List.copyOf(tables);
  }
}
