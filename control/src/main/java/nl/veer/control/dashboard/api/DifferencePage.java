package nl.veer.control.dashboard.api;

import java.util.List;
import nl.veer.control.dashboard.view.WaveDifferences;

/** What scans have proven to differ, wave by wave. That there is none is no verdict. */
public record DifferencePage(List<WaveDifferences> waves) {

  public DifferencePage {
    waves = List.copyOf(waves);
  }
}
