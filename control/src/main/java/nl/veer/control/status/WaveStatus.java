package nl.veer.control.status;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a wave is, at one moment. What is null is not known; {@code unknown} says why if it
 * should have been.
 *
 * @param wave the wave's name in the configuration
 * @param leg that it is on
 * @param sourcePosition end of the source's WAL
 * @param logPosition of the last transaction that the log holds whole
 * @param appliedPosition the target equals the source there, once the state is REPLICATING
 * @param appliedTransactions number of the last applied transaction of the log; they count from 1
 * @param lagMillis from source commit to target commit; the age of the last applied commit while
 *     nothing is applied
 * @param bytesBehind of the source's WAL that are not applied
 * @param transactionsBehind in the log and not applied
 * @param echo how far the target's own log is kept; null if it is not
 * @param ledger how far log and echo are balanced; null if they are not
 * @param verdict what is known; null if no verifier has kept anything
 * @param slot of the log; null if it is not known, or there is none
 * @param roles what each role of the leg says of itself; none where the process shows its own
 * @param failure the incident, what is retried, or why a role is not running
 * @param unknown what could not be read, and why
 */
public record WaveStatus(
    String wave,
    LegFigures leg,
    WaveState state,
    @Nullable String sourcePosition,
    @Nullable String logPosition,
    @Nullable String appliedPosition,
    @Nullable Long appliedTransactions,
    @Nullable Long lagMillis,
    @Nullable Long bytesBehind,
    @Nullable Long transactionsBehind,
    LoadStatus load,
    @Nullable EchoStatus echo,
    @Nullable LedgerFigures ledger,
    @Nullable VerdictFigures verdict,
    @Nullable SlotFigures slot,
    List<RoleFigures> roles,
    @Nullable String failure,
    List<String> unknown) {

  public WaveStatus {
    roles = List.copyOf(roles);
    unknown = List.copyOf(unknown);
  }

  /** One of which nothing is known, not even its leg. */
  public static WaveStatus unheard(String wave) {
    return new WaveStatus(
        wave,
        LegFigures.FIRST,
        WaveState.UNKNOWN,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        LoadStatus.of(0, List.of(), 0),
        null,
        null,
        null,
        null,
        List.of(),
        null,
        List.of("status: nothing is said of this wave, no leg of it is known to run"));
  }

  /**
   * The same with an echo and a ledger; where nothing else is known, the wave does what its echo
   * does.
   */
  WaveStatus with(@Nullable EchoStatus also, @Nullable LedgerFigures balance, WaveState doing) {
    return new WaveStatus(
        wave,
        leg,
        doing,
        sourcePosition,
        logPosition,
        appliedPosition,
        appliedTransactions,
        lagMillis,
        bytesBehind,
        transactionsBehind,
        load,
        also,
        balance,
        verdict,
        slot,
        roles,
        failure,
        unknown);
  }

  /** The same with a verdict. */
  WaveStatus with(@Nullable VerdictFigures judged) {
    return new WaveStatus(
        wave,
        leg,
        state,
        sourcePosition,
        logPosition,
        appliedPosition,
        appliedTransactions,
        lagMillis,
        bytesBehind,
        transactionsBehind,
        load,
        echo,
        ledger,
        judged,
        slot,
        roles,
        failure,
        unknown);
  }

  /** The same, on this leg. */
  WaveStatus on(LegFigures number) {
    return new WaveStatus(
        wave,
        number,
        state,
        sourcePosition,
        logPosition,
        appliedPosition,
        appliedTransactions,
        lagMillis,
        bytesBehind,
        transactionsBehind,
        load,
        echo,
        ledger,
        verdict,
        slot,
        roles,
        failure,
        unknown);
  }

  /** The same, with what its roles say and what the source says of its slot. */
  public WaveStatus with(List<RoleFigures> said, @Nullable SlotFigures found) {
    return new WaveStatus(
        wave,
        leg,
        state,
        sourcePosition,
        logPosition,
        appliedPosition,
        appliedTransactions,
        lagMillis,
        bytesBehind,
        transactionsBehind,
        load,
        echo,
        ledger,
        verdict,
        found,
        said,
        failure,
        unknown);
  }
}
