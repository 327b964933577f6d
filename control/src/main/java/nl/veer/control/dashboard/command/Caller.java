package nl.veer.control.dashboard.command;

import nl.veer.control.config.DashboardRole;

/**
 * Who asks.
 *
 * @param name for people
 * @param person the same for the same person, and for nobody else, whatever they are called
 */
public record Caller(String name, String person, DashboardRole role) {

  /** As the audit log says it: a name that somebody else may have stands with what nobody has. */
  public String words() {
    return person.equals(name) || person.equals("token " + name)
        ? name
        : "%s (%s)".formatted(name, person);
  }
}
