package nl.veer.control.wave;

import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The roles of a leg that is over, on the way to their end. That they carry nothing more was seen
 * to when it was retired; to end a capture takes time of servers and of this process, and while the
 * next leg is about to begin, writes are refused for all that is done. So the captures end when
 * that one has been at work for a moment, or at once if none follows. Owned by one thread at a
 * time.
 */
final class LegEnding {
  /** The next leg's first way through, and the opening of its side. */
  private static final long CALM_NANOS = Duration.ofSeconds(1).toNanos();

  private final WaveRun run;
  private final LegRecord over;
  private final LongSupplier nanos;

  /** When the next leg was first seen to be at work; of {@code nanos}. */
  private @Nullable Long begunAt;

  /** When its captures were asked to end; of {@code nanos}. */
  private @Nullable Long stoppedAt;

  private boolean wanted;

  LegEnding(WaveRun run, LegRecord over, LongSupplier nanos) {
    this.run = run;
    this.over = over;
    this.nanos = nanos;
  }

  WaveRun run() {
    return run;
  }

  /** Whether somebody should look again soon. */
  boolean isWaitedFor() {
    return stoppedAt == null || (wanted && !isOverdue());
  }

  /** The leg goes on again, which must wait for this. */
  void wanted() {
    wanted = true;
    stop();
  }

  /** Whether its end was waited for long enough: whoever follows takes over what it holds. */
  boolean isOverdue() {
    return stoppedAt != null
        && nanos.getAsLong() - stoppedAt > MigrationRun.STOP_PATIENCE.toNanos();
  }

  /** Ends what there is no reason to leave any more, by what is on record now. */
  void look(List<LegRecord> records) {
    if (stoppedAt != null) {
      return;
    }
    if (mayWait(records)) {
      run.rest(true);
    } else {
      stop();
    }
  }

  private boolean mayWait(List<LegRecord> records) {
    List<LegRecord> next =
        records.stream()
            .filter(one -> one.home().equals(over.home()) && one.number() > over.number())
            .toList();
    if (next.stream().anyMatch(one -> one.state() == LegState.ACTIVE)) {
      long now = nanos.getAsLong();
      long since = begunAt == null ? now : begunAt;
      begunAt = since;
      return now - since < CALM_NANOS;
    }
    return begunAt == null && next.stream().anyMatch(one -> one.state() == LegState.PREPARED);
  }

  private void stop() {
    if (stoppedAt == null) {
      stoppedAt = nanos.getAsLong();
      run.stop();
    }
  }
}
