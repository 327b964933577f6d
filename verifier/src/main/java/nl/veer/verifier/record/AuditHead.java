package nl.veer.verifier.record;

/**
 * The end of a migration's chain. Whoever keeps it elsewhere can later see that nothing was taken
 * away at the end.
 *
 * @param count of the entries that the hash covers, those of older Veers not counted
 * @param hash in hexadecimal
 */
public record AuditHead(long count, String hash) {}
