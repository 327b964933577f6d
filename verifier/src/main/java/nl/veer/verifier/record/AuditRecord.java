package nl.veer.verifier.record;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the audit log as it is kept.
 *
 * @param number in the migration's chain, from 1 without gaps; 0 if a Veer wrote it that knew of no
 *     chain
 * @param at by the target's clock
 * @param role that the session logged in as
 * @param address of the client as the target saw it; null over a socket of its own machine
 * @param process who ran Veer, where: {@code user@host process 4711}; empty if it is not known
 * @param wave empty for the whole migration
 * @param previous the hash of the entry before, in hexadecimal; null outside of the chain
 * @param hash of all the fields; null outside of the chain
 */
public record AuditRecord(
    long number,
    Instant at,
    String role,
    @Nullable String address,
    String process,
    String migration,
    String wave,
    String what,
    String result,
    @Nullable String previous,
    @Nullable String hash) {

  /** Whether the entry is of the chain, or older than it. */
  public boolean isChained() {
    return number > 0 || hash != null;
  }

  /** What the chain ends with, if this entry is its last. */
  public Optional<AuditHead> head() {
    return hash == null ? Optional.empty() : Optional.of(new AuditHead(number, hash));
  }
}
