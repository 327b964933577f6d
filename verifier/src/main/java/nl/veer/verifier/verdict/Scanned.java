package nl.veer.verifier.verdict;

import java.time.Instant;
import java.util.List;
import nl.veer.connectors.event.Position;
import org.jspecify.annotations.Nullable;

/**
 * What a scan said of a table, as a verdict needs it.
 *
 * @param id of the statement on record
 * @param unsettled rows that went on changing while they were looked at
 * @param ofThisLoad whether it looked at the rows of the table's present load
 * @param first the source's position at the first look; null if there was none
 * @param last the source's position at the last look; null if there was none
 * @param firstTransaction number of the log's last transaction that the target held at the first
 *     look; null if it is not known
 * @param exclusions what was not compared, or not exactly
 * @param begunAt before its first look, however long it rested since; no row was seen earlier
 * @param keptAt when it was over
 */
public record Scanned(
    long id,
    Verdict verdict,
    long unsettled,
    boolean ofThisLoad,
    @Nullable Position first,
    @Nullable Position last,
    @Nullable Long firstTransaction,
    List<Exclusion> exclusions,
    Instant begunAt,
    Instant keptAt) {

  public Scanned {
    exclusions = List.copyOf(exclusions);
  }
}
