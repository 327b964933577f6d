package nl.veer.control.dashboard.api;

import java.util.List;
import nl.veer.control.dashboard.view.WaveFindings;
import nl.veer.control.status.WaveState;
import org.jspecify.annotations.Nullable;

/**
 * What needs somebody: wave by wave what stands in its way, and what its ledger found.
 *
 * @param at when the status was read; null if none was yet
 * @param ageMillis since then
 */
public record IncidentPage(@Nullable String at, @Nullable Long ageMillis, List<Wave> waves) {

  public IncidentPage {
    waves = List.copyOf(waves);
  }

  /**
   * A wave's.
   *
   * @param state null if it is not known
   * @param failure the incident, what is retried, or why a role is not running
   * @param unknown what could not be read, and why
   * @param next where the next page of findings begins; null if there is none
   */
  public record Wave(
      String wave,
      @Nullable WaveState state,
      @Nullable String failure,
      List<String> unknown,
      List<WaveFindings.Line> findings,
      @Nullable Long next) {

    public Wave {
      unknown = List.copyOf(unknown);
      findings = List.copyOf(findings);
    }
  }
}
