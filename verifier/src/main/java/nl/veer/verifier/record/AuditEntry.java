package nl.veer.verifier.record;

/**
 * What is to be kept; who, when and from where the log itself finds out. Never a row's value, never
 * a secret: the log is shown.
 *
 * @param wave empty for what is about the whole migration
 * @param what was done, as somebody would do it again: {@code veer drop}, {@code fence}
 * @param result how it ended: {@code done}, {@code asked for}, or words
 */
public record AuditEntry(String migration, String wave, String what, String result) {}
