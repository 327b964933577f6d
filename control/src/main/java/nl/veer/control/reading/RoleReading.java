package nl.veer.control.reading;

import java.time.Instant;
import nl.veer.connectors.failure.Failure;
import org.jspecify.annotations.Nullable;

/**
 * How a role of a wave does.
 *
 * @param role its word: {@code capture}, {@code replicate}, {@code echo}, {@code ledger}, {@code
 *     scan}, {@code verdict}
 * @param here whether it is this process's; of others is known what the databases see
 * @param since when it has been in this state, as far as this process has seen
 * @param moved when it was last seen to have done something; null where that does not say anything
 * @param code of the failure that is in its way; null if there is none
 * @param words of that failure
 */
public record RoleReading(
    String role,
    boolean here,
    RoleState state,
    Instant since,
    @Nullable Instant moved,
    @Nullable String code,
    @Nullable String words) {

  /** What is in its way, for people. */
  public String trouble() {
    return code == null ? role + " is " + state : code + ": " + words;
  }

  /** What is seen of a role now. */
  record Seen(
      String role, boolean here, RoleState state, @Nullable Long done, @Nullable Failure failure) {}

  static RoleReading of(Seen seen, Instant since, @Nullable Instant moved) {
    Failure failure = seen.failure();
    return new RoleReading(
        seen.role(),
        seen.here(),
        seen.state(),
        since,
        moved,
        failure == null ? null : failure.code(),
        failure == null ? null : String.valueOf(failure.getMessage()));
  }
}
