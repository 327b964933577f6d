package nl.veer.verifier.blame;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of a settled row that differs.
 *
 * @param source its present row
 * @param target its present row
 * @param log what the log's events say; null if it has none
 * @param echo what the echo's events say; null if it has none
 * @param echoFrom what the target applied up to this log transaction is not in the echo; 0 if all
 *     is
 * @param triggers names of the target table's triggers and rules that also fire for the replicator
 */
record Evidence(
    RowState source,
    RowState target,
    @Nullable Trace log,
    @Nullable Trace echo,
    long echoFrom,
    List<String> triggers) {

  Evidence {
    triggers = List.copyOf(triggers);
  }
}
