package nl.veer.control.gate;

import java.time.Duration;
import java.time.Instant;

/**
 * A rehearsal of a leg's cutover that went well.
 *
 * @param at when it was over, by home's clock
 * @param outage how long writes were refused
 */
public record Rehearsal(Instant at, Duration outage) {}
