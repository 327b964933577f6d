package nl.veer.control.reading;

import java.util.List;
import java.util.Optional;
import nl.veer.control.forecast.Forecast;
import nl.veer.control.status.WaveStatus;

/**
 * All that this process knows of a wave at one moment, on the leg that it is on.
 *
 * @param status how far it is
 * @param words what its roles here say
 * @param roles how they do; of those elsewhere, what the databases see
 * @param around what the databases say
 * @param lagZero when the lag will be gone
 */
public record WaveReading(
    WaveStatus status,
    RoleWords words,
    List<RoleReading> roles,
    Surroundings around,
    Forecast lagZero) {

  public WaveReading {
    roles = List.copyOf(roles);
  }

  /** The wave's name in the configuration. */
  public String wave() {
    return status.wave();
  }

  /** How often its writes were moved. */
  public int leg() {
    return status.leg().number();
  }

  /** The role of this name, here or elsewhere. */
  public Optional<RoleReading> role(String name) {
    return roles.stream().filter(role -> role.role().equals(name)).findFirst();
  }

  /** Whether this process has the role. */
  public boolean does(String name) {
    return role(name).filter(RoleReading::here).isPresent();
  }
}
