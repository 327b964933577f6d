package nl.veer.control.dashboard.command;

import nl.veer.control.config.DashboardRole;

/**
 * Who asks.
 *
 * @param name as the configuration, or whoever vouches for them, calls them
 */
public record Caller(String name, DashboardRole role) {}
