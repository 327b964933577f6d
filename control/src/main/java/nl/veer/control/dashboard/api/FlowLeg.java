package nl.veer.control.dashboard.api;

import org.jspecify.annotations.Nullable;

/**
 * One of the four legs of a change's way, and the role that carries it.
 *
 * @param from source, log, target or echo
 * @param to log, target, echo or verifier
 * @param state of the role; SILENT if its last word is too old, UNKNOWN if nothing was heard of the
 *     wave for a while or the role has said nothing
 * @param transactionsPerSecond over the role's last words; null if there are not two of them
 * @param rowsPerSecond changes of rows; likewise
 * @param lagMillis how old what came to this leg's end last was then, counted from its commit on
 *     the source, for the echo from that on the target; null if it is not known
 * @param bytesBehind of WAL, between this leg's end and its beginning: of the source's, and of the
 *     target's for the echo; null if it is not known
 * @param heardMillisAgo age of the role's last word
 * @param position up to which all has reached this leg's end: of the source, and of the target for
 *     the echo
 * @param failure what is in its way
 */
public record FlowLeg(
    String from,
    String to,
    State state,
    @Nullable Double transactionsPerSecond,
    @Nullable Double rowsPerSecond,
    @Nullable Long lagMillis,
    @Nullable Long bytesBehind,
    @Nullable Long heardMillisAgo,
    @Nullable String position,
    @Nullable String failure) {

  /** What its role does, in the words of the roles themselves. */
  public enum State {
    /** It is not there yet, or the configuration asks for none. */
    NOT_STARTED,
    STARTING,
    /** For another role, or for something to do. */
    WAITING,
    LOADING,
    CATCHING_UP,
    RUNNING,
    RETRYING,
    INCIDENT,
    SILENT,
    FAILED,
    /** No process does it. */
    ENDED,
    UNKNOWN
  }
}
