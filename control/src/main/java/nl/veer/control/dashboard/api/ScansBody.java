package nl.veer.control.dashboard.api;

import java.util.List;
import nl.veer.control.dashboard.view.TableScan;

/** A table's scans, the last one first. */
public record ScansBody(String wave, String table, List<TableScan> scans) {

  public ScansBody {
    scans = List.copyOf(scans);
  }
}
