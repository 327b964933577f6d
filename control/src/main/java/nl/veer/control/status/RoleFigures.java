package nl.veer.control.status;

import nl.veer.control.word.Said;
import nl.veer.control.word.Word;
import org.jspecify.annotations.Nullable;

/**
 * What a role says of itself. What is null nobody has said.
 *
 * @param role capture, replicator, echo, ledger, scan, verdict or cutover
 * @param state what it says that it does; {@link #SILENT} if its last word is too old, whatever
 *     that was; {@link #NO_WORD} if there is none, so that what a status shows of the role is what
 *     the servers show
 * @param lastWord what it said that it does
 * @param ageMillis of that
 * @param at when it was said, by the clock of the process that said it; ISO 8601 in UTC
 * @param instance which process said it
 * @param processes how many say that they have the role
 * @param failure what it says that is wrong, or was when it ended
 * @param said the rest of its word
 */
public record RoleFigures(
    String role,
    String state,
    @Nullable String lastWord,
    @Nullable Long ageMillis,
    @Nullable String at,
    @Nullable String instance,
    int processes,
    @Nullable String failure,
    @Nullable Said said) {
  public static final String SILENT = "SILENT";
  public static final String NO_WORD = "NO_WORD";

  /** Of a role of this process, which has just said it. */
  public static RoleFigures here(Word word) {
    String doing = word.doing().name();
    return new RoleFigures(
        word.key().speaker().word(),
        doing,
        doing,
        0L,
        word.at().toString(),
        word.key().instance(),
        1,
        word.failure(),
        word.said());
  }

  public boolean isSilent() {
    return state.equals(SILENT);
  }
}
