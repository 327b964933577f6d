package nl.veer.control.dashboard.api;

/**
 * Why somebody wants to see a row's values.
 *
 * @param reason for the audit log: 1 to 500 characters
 */
public record ValuesRequest(String reason) {}
