package nl.veer.control.finish;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a finish will do; nothing is done yet.
 *
 * @param waves where each of them stays
 * @param verdict of the last report
 * @param words of the last report; empty where that was written already
 * @param standing one that was begun, with what was wanted then; null if none was
 */
public record FinishPlan(
    FinishOptions options,
    List<FinishedWave> waves,
    List<WaveEnd> ends,
    String verdict,
    String words,
    @Nullable FinishRecord standing) {

  public FinishPlan {
    waves = List.copyOf(waves);
    ends = List.copyOf(ends);
  }

  /** Whether it goes on with one that was begun. */
  public boolean goesOn() {
    return standing != null;
  }
}
