package nl.veer.connectors.log;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A record of a status topic.
 *
 * @param json null where what was said before is taken back
 * @param at when the broker took it, by its own clock
 */
public record StatusRecord(String key, @Nullable String json, Instant at) {}
