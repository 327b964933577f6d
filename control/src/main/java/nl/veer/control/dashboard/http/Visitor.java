package nl.veer.control.dashboard.http;

import nl.veer.control.config.DashboardRole;

/**
 * Who asks.
 *
 * @param name as the configuration calls the token
 */
record Visitor(String name, DashboardRole role) {
  /** Where no tokens are configured, on this machine's own address. */
  static final Visitor LOCAL = new Visitor("local", DashboardRole.VIEWER);
}
