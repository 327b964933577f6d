package nl.veer.verifier.record;

import java.time.Instant;
import java.util.List;
import nl.veer.connectors.event.Position;
import nl.veer.connectors.event.TableId;
import nl.veer.verifier.verdict.Difference;
import nl.veer.verifier.verdict.RowKey;
import org.jspecify.annotations.Nullable;

/**
 * A proven difference as it is on record.
 *
 * @param keyDigest 32 hexadecimal digits
 * @param scan the scan that saw it last
 * @param source the source's position where it was seen last
 * @param target the source's position that the target's stamp named there
 * @param foundAt by the target's clock, as are the others
 * @param culprit who made it; null if nobody has asked
 * @param blame how that is known; null if nobody has asked
 * @param closedBy {@code scan 17} or {@code repair 3}; null while it is open
 */
public record DifferenceRecord(
    long id,
    TableId table,
    RowKey key,
    String keyDigest,
    Difference.Kind kind,
    List<String> columns,
    long scan,
    Position source,
    Position target,
    Instant foundAt,
    Instant lastSeenAt,
    State state,
    @Nullable String culprit,
    @Nullable String blame,
    @Nullable String closedBy,
    @Nullable Instant closedAt) {

  /** What became of it. */
  public enum State {
    /** It is there. */
    OPEN,
    /** It was mended, and its key verified again. */
    REPAIRED,
    /** A later look has found the row equal, or no more. */
    GONE
  }

  public DifferenceRecord {
    columns = List.copyOf(columns);
  }
}
