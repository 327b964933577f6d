package nl.veer.control.dashboard.view;

import java.util.List;

/**
 * What differs, by cause, the worst first: what has the most open, then what was seen last.
 *
 * @param more whether there are more causes, or more records, than were counted
 */
public record Causes(List<Cause> causes, boolean more) {
  /** So many are told at most. */
  public static final int MOST = 500;

  public Causes {
    causes = List.copyOf(causes);
  }
}
