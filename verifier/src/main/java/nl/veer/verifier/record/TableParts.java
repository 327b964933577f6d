package nl.veer.verifier.record;

import java.time.Instant;
import nl.veer.verifier.verdict.RangeLooks;
import org.jspecify.annotations.Nullable;

/**
 * A table's parts as its scans have looked at them last.
 *
 * @param scan the last one of the present load that looked at all of them; null if none has
 * @param keptAt when that ended, by the target's clock; null without one
 * @param lastAt when the table's last scan ended, whatever it said; null if there was none
 * @param source where the source was read last by that scan; null without one
 * @param looks what was seen, from the first key on; of one that is under way, in front of what it
 *     has not come to
 * @param unseenRows the load's rows behind those that no scan has come to; 0 if there are none
 * @param differences how many stand open of the table
 */
public record TableParts(
    @Nullable Long scan,
    @Nullable Instant keptAt,
    @Nullable Instant lastAt,
    @Nullable String source,
    RangeLooks looks,
    long unseenRows,
    long differences) {}
