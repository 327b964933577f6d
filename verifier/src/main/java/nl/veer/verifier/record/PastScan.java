package nl.veer.verifier.record;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A scan of a table as it is on record, over or not.
 *
 * @param id null of one that is not over
 * @param kind null of an older Veer's
 * @param complete whether it looked at everything; null if it is not over, or of an older Veer's
 * @param running whether it goes on now; one that is neither over nor running was stopped, and goes
 *     on with the table's next scan
 * @param verdict EQUAL, DIFFERENT or UNKNOWN
 * @param startedAt before its first look; by the target's clock, but of an older Veer's
 * @param lastAt when it ended, or last kept how far it was
 * @param ended whether it is over
 * @param rows of the larger side, looked at
 * @param source where the source was read last; null if it was not
 * @param target the source's position that the target held then
 */
public record PastScan(
    @Nullable Long id,
    @Nullable String kind,
    @Nullable Boolean complete,
    boolean running,
    boolean ended,
    String verdict,
    Instant startedAt,
    Instant lastAt,
    long rows,
    long differing,
    @Nullable String source,
    @Nullable String target) {}
