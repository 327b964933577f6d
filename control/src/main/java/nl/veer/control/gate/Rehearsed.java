package nl.veer.control.gate;

import java.time.Instant;
import java.util.Optional;

/**
 * What home knows of rehearsals.
 *
 * @param last empty if none went well
 * @param now by home's clock
 */
record Rehearsed(Optional<Rehearsal> last, Instant now) {}
