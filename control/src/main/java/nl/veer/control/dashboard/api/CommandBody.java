package nl.veer.control.dashboard.api;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import nl.veer.connectors.event.TableId;
import nl.veer.control.dashboard.command.Command;
import nl.veer.control.dashboard.command.CommandName;
import nl.veer.control.dashboard.command.CommandState;
import org.jspecify.annotations.Nullable;

/**
 * Something that was asked for, and how far it is. How far a cutover or a rehearsal is, /cutover
 * says.
 *
 * @param reason in the asker's words
 * @param approvalUntil when a yes comes too late; null if none is waited for
 * @param tables that a SCAN is of; none for all
 * @param budgetMillis how long writes may be refused; null for what refuses none
 * @param approvedBy the second person; null if there is none
 * @param startedAt null before it began
 * @param endedAt null before its end
 * @param failureCode why it is not DONE; null if it is, or is not at its end
 * @param failure the same in a sentence
 * @param words what it does, or what came of it
 * @param result in a word: REHEARSED, OPENED or ABORTED of an attempt, a verdict of a SCAN
 */
public record CommandBody(
    String id,
    String wave,
    CommandName command,
    CommandState state,
    String askedBy,
    String askedAt,
    @Nullable String reason,
    List<String> tables,
    @Nullable Long budgetMillis,
    @Nullable String approvalUntil,
    @Nullable String approvedBy,
    @Nullable String startedAt,
    @Nullable String endedAt,
    @Nullable String failureCode,
    @Nullable String failure,
    @Nullable String words,
    @Nullable String result) {

  public CommandBody {
    tables = List.copyOf(tables);
  }

  /**
   * @param budget see {@code budgetMillis}; null for what refuses no writes
   */
  public static CommandBody of(Command command, @Nullable Duration budget) {
    boolean waits = command.state() == CommandState.WAITING_APPROVAL;
    return new CommandBody(
        command.id(),
        command.order().wave(),
        command.order().command(),
        command.state(),
        command.order().asker().name(),
        command.askedAt().toString(),
        command.order().reason(),
        command.order().tables().stream().map(TableId::toString).toList(),
        budget == null ? null : (Long) budget.toMillis(),
        waits ? command.askedAt().plus(Command.APPROVAL).toString() : null,
        command.approvedBy(),
        text(command.startedAt()),
        text(command.endedAt()),
        command.failureCode(),
        command.failureCode() == null ? null : command.words(),
        command.words(),
        command.result());
  }

  private static @Nullable String text(@Nullable Instant at) {
    return at == null ? null : at.toString();
  }
}
