package nl.veer.control.reading;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import nl.veer.control.forecast.Forecast;
import nl.veer.control.status.WaveStatus;
import org.jspecify.annotations.Nullable;

/**
 * All that this process knows of a wave at one moment, on the leg that it is on.
 *
 * @param status how far it is
 * @param words what its roles here say
 * @param roles how they do; of those elsewhere, what the databases see
 * @param around what the databases say
 * @param lagZero when the lag will be gone
 * @param unheardSince since when no leg of it is known to run here; null while one does
 */
public record WaveReading(
    WaveStatus status,
    RoleWords words,
    List<RoleReading> roles,
    Surroundings around,
    Forecast lagZero,
    @Nullable Instant unheardSince) {

  public WaveReading {
    roles = List.copyOf(roles);
  }

  /**
   * A configured wave of which nothing is known, not even its leg. That is not the same as one that
   * is well.
   *
   * @param since when this was first so
   */
  static WaveReading unheard(String wave, Instant since) {
    return new WaveReading(
        WaveStatus.unheard(wave),
        RoleWords.NONE,
        List.of(),
        Surroundings.UNREAD,
        new Forecast.Unknown("no leg of the wave is known to run"),
        since);
  }

  /** Whether a leg of it runs here. */
  public boolean isHeard() {
    return unheardSince == null;
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
