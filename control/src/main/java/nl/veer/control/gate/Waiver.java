package nl.veer.control.gate;

import java.time.Instant;

/**
 * Somebody's decision to cut a wave over though a predicate does not hold.
 *
 * @param predicate its name
 * @param by who decided
 * @param at by the home database's clock
 */
public record Waiver(String predicate, String reason, String by, Instant at) {}
