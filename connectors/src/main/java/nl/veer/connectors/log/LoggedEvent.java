package nl.veer.connectors.log;

import nl.veer.connectors.event.LogEvent;

/**
 * An event and where it stands in the topic.
 *
 * @param offset the record's offset in the topic's only partition
 * @param bytes the record's size, for bounds on memory
 */
public record LoggedEvent(long offset, int bytes, LogEvent event) {}
