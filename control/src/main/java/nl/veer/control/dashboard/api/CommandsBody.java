package nl.veer.control.dashboard.api;

import java.util.List;
import nl.veer.control.dashboard.command.CommandChoice;

/**
 * What was asked of this process, the last one first, and what whoever asks may ask for now.
 *
 * @param approval whether CUTOVER and FALLBACK wait for a second person
 * @param maxOutageMillis how long writes may be refused where a command does not say
 * @param allowed each command of each wave
 */
public record CommandsBody(
    List<CommandBody> commands,
    boolean approval,
    long maxOutageMillis,
    List<CommandChoice> allowed) {

  public CommandsBody {
    commands = List.copyOf(commands);
    allowed = List.copyOf(allowed);
  }
}
