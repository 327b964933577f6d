package nl.veer.verifier.record;

import java.time.Instant;

/**
 * What was so before a table's scan looked for the first time.
 *
 * @param loadMark which load the target's rows came from; another one makes everything that was
 *     seen before it worthless
 * @param horizon every look of the scan sees what was visible then
 * @param at by the target's clock
 */
record Beginning(String loadMark, Horizon horizon, Instant at) {}
