package nl.veer.control.audit;

import nl.veer.verifier.record.AuditRecord;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the audit log, for people and as JSON.
 *
 * @param number in the migration's chain, from 1; 0 for one that is older than the chain
 * @param role that the session logged in as
 * @param address of the client as the target saw it; null over a socket of its own machine
 * @param process the operating system's user, host and process of the Veer that wrote it
 * @param wave empty for the whole migration
 */
public record AuditLine(
    long number,
    String at,
    String role,
    @Nullable String address,
    String process,
    String wave,
    String what,
    String result,
    @Nullable String hash) {

  public static AuditLine of(AuditRecord record) {
    return new AuditLine(
        record.number(),
        record.at().toString(),
        record.role(),
        record.address(),
        record.process(),
        record.wave(),
        record.what(),
        record.result(),
        record.hash());
  }
}
