package nl.veer.control.finish;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A finish that was begun, as it stands on record: from here on there is only the way to its end.
 *
 * @param begunAt by home's clock
 * @param archive whether the records are kept, or removed
 * @param unfence whether fences that stand are lowered
 * @param reason why not everything had to be proven equal; null if it had to
 */
record FinishRecord(
    String migration,
    Instant begunAt,
    boolean archive,
    boolean unfence,
    @Nullable String reason,
    List<FinishedWave> waves,
    LastReport report) {

  FinishRecord {
    waves = List.copyOf(waves);
  }
}
