package nl.veer.control.dashboard.api;

/**
 * Why there is no answer.
 *
 * @param code stable, in capitals
 * @param message what is wrong and what to do, for people
 */
public record ErrorBody(String code, String message) {}
