package nl.veer.verifier.record;

import java.time.Instant;
import java.util.List;
import nl.veer.connectors.event.TableId;
import nl.veer.verifier.verdict.Exclusion;
import org.jspecify.annotations.Nullable;

/**
 * What a scan said of a table, as it is on record.
 *
 * @param verdict EQUAL, DIFFERENT or UNKNOWN
 * @param reason null unless the verdict is UNKNOWN
 * @param words for people; null unless the verdict is UNKNOWN
 * @param hash how rows were digested
 * @param firstSource the source's position at the first look; null if there was none
 * @param source the source's position at the last look; null if there was none
 * @param applied the source's position that the target's stamp named then
 * @param sourceSum of the rows' 128-bit digests, 32 hexadecimal digits
 * @param settledLater rows that were changing, and equal later; these may tell the sums apart
 * @param onePosition whether all looks saw both sides in one and the same state
 */
public record KeptStatement(
    long id,
    TableId table,
    String verdict,
    @Nullable String reason,
    @Nullable String words,
    String hash,
    @Nullable String firstSource,
    @Nullable String source,
    @Nullable String applied,
    long sourceRows,
    long targetRows,
    String sourceSum,
    String targetSum,
    long chunks,
    long differing,
    long settledLater,
    long unsettled,
    long unexamined,
    List<Exclusion> exclusions,
    boolean onePosition,
    Instant startedAt,
    long millis) {

  public KeptStatement {
    exclusions = List.copyOf(exclusions);
  }
}
