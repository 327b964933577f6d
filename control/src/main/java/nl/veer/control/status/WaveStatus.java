package nl.veer.control.status;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a wave is, at one moment. What is null is not known; {@code unknown} says why if it
 * should have been.
 *
 * @param wave the wave's name in the configuration
 * @param sourcePosition end of the source's WAL
 * @param logPosition of the last transaction that the log holds whole
 * @param appliedPosition the target equals the source there, once the state is REPLICATING
 * @param appliedTransactions number of the last applied transaction of the log; they count from 1
 * @param lagMillis from source commit to target commit
 * @param bytesBehind of the source's WAL that are not applied
 * @param transactionsBehind in the log and not applied
 * @param failure the incident, what is retried, or why a role is not running
 * @param unknown what could not be read, and why
 */
public record WaveStatus(
    String wave,
    WaveState state,
    @Nullable String sourcePosition,
    @Nullable String logPosition,
    @Nullable String appliedPosition,
    @Nullable Long appliedTransactions,
    @Nullable Long lagMillis,
    @Nullable Long bytesBehind,
    @Nullable Long transactionsBehind,
    LoadStatus load,
    @Nullable String failure,
    List<String> unknown) {

  public WaveStatus {
    unknown = List.copyOf(unknown);
  }
}
