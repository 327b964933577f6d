package nl.veer.connectors.event;

/**
 * A record that Veer itself put into the source's log.
 *
 * @param kind what it marks, for example {@code cut}
 * @param content its text, the marker's owner knows its form
 */
public record Marker(EventPlace place, String kind, String content) implements ChangeEvent {}
