package nl.veer.control.config;

/** What somebody may do over the dashboard; each may do what those before may. */
public enum DashboardRole {
  /** Look. */
  VIEWER,
  /** Also begin and end things. */
  OPERATOR,
  /** Also say yes to what an operator asks for. */
  APPROVER;

  /** Whether who has this role may do what needs the other. */
  public boolean covers(DashboardRole needed) {
    return compareTo(needed) >= 0;
  }
}
