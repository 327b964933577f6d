package nl.veer.control.dashboard.route;

/**
 * A file.
 *
 * @param name that a browser keeps it under: letters, digits, and any of {@code _-.}
 */
public record Download(String name, String text) {}
