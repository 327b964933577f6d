package nl.veer.connectors.event;

import java.time.Instant;

/** Shows that the way from the source's log is open, and lets an idle source forget its WAL. */
public record Heartbeat(EventPlace place, Instant emittedAt) implements ChangeEvent {}
