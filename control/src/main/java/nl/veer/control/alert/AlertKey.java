package nl.veer.control.alert;

/**
 * What tells one alert from another. The leg is no part of it: a wave that goes over takes its
 * troubles along.
 *
 * @param wave empty if it is of the whole process
 * @param subject a role or a slot; empty if the rule knows one case per wave
 */
record AlertKey(AlertRule rule, String wave, String subject) {}
