package nl.veer.control.dashboard.api;

import java.util.List;
import nl.veer.control.dashboard.view.WaveAttempts;

/** The waves' attempts to cut over, and rehearsals. */
public record CutoverBody(List<WaveAttempts> waves) {

  public CutoverBody {
    waves = List.copyOf(waves);
  }
}
