package nl.veer.control.status;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import nl.veer.connectors.dialect.postgres.PostgresProgress;
import nl.veer.connectors.event.Position;
import nl.veer.replicator.stamp.Stamp;
import nl.veer.replicator.stamp.TableLoad;
import org.jspecify.annotations.Nullable;

/**
 * What the three systems say of a wave, read one after the other. What could not be read is null,
 * and {@code unknown} says why.
 *
 * @param log null if it could not be read, or if there is none
 * @param logExists whether the log's topic exists; null if that is not known
 */
record WaveFacts(
    String wave,
    @Nullable PostgresProgress source,
    @Nullable Log log,
    @Nullable Boolean logExists,
    @Nullable Target target,
    List<String> unknown) {

  WaveFacts {
    unknown = List.copyOf(unknown);
  }

  /** The log's tail. */
  record Log(long transaction, @Nullable Position position) {}

  /**
   * The target's own records.
   *
   * @param stamp null if the wave was never begun
   * @param replicating whether a replicator has a session open
   */
  record Target(@Nullable Stamp stamp, List<TableLoad> loads, boolean replicating) {
    Target {
      loads = List.copyOf(loads);
    }
  }

  /** What is told about them. */
  WaveStatus judged() {
    Stamp stamp = target == null ? null : target.stamp();
    Position applied = stamp == null ? null : stamp.position();
    Position end = source == null ? null : source.position();
    return new WaveStatus(
        wave,
        LegFigures.FIRST,
        state(),
        LiveStatus.text(end),
        log == null ? null : LiveStatus.text(log.position()),
        LiveStatus.text(applied),
        stamp == null ? null : (Long) stamp.transaction(),
        lagMillis(stamp),
        LiveStatus.behind(end, applied),
        log == null || stamp == null ? null : Math.max(0, log.transaction() - stamp.transaction()),
        load(),
        null,
        null,
        null,
        stopped(),
        unknown);
  }

  private WaveState state() {
    if (source == null || target == null || !unknown.isEmpty()) {
      return WaveState.UNKNOWN;
    }
    Stamp stamp = target.stamp();
    if (!source.slot() && stamp == null) {
      return WaveState.NOT_STARTED;
    }
    if (stopped() != null || stamp == null) {
      return stamp == null && source.capturing() ? WaveState.STARTING : WaveState.STOPPED;
    }
    if (target.loads().isEmpty()) {
      return WaveState.STARTING;
    }
    if (target.loads().stream().anyMatch(load -> !load.isComplete())) {
      return WaveState.LOADING;
    }
    return passedEveryBoundary(stamp.position()) ? WaveState.REPLICATING : WaveState.CATCHING_UP;
  }

  private boolean passedEveryBoundary(@Nullable Position applied) {
    return applied != null
        && Objects.requireNonNull(target).loads().stream()
            .map(TableLoad::boundaryPosition)
            .allMatch(boundary -> boundary != null && !boundary.isAfter(applied));
  }

  /** Which roles are missing of a wave that was begun; null if none is. */
  private @Nullable String stopped() {
    if (source == null || target == null || (!source.slot() && target.stamp() == null)) {
      return null;
    }
    List<String> missing = new ArrayList<>();
    if (!source.slot()) {
      missing.add("the source has no slot for it");
    } else if (!source.capturing()) {
      missing.add("no capture is connected to the source");
    }
    if (!target.replicating()) {
      missing.add("no replicator is connected to the target");
    }
    return missing.isEmpty() ? null : String.join("; ", missing);
  }

  /**
   * How old the source's last applied state is: nothing waits, so the last heartbeat's age; it is
   * measured by the source's clock.
   */
  private @Nullable Long lagMillis(@Nullable Stamp stamp) {
    return stamp == null || stamp.committedAt() == null || source == null
        ? null
        : (Long) Math.max(0, source.clockMillis() - stamp.committedAt().toEpochMilli());
  }

  private LoadStatus load() {
    if (target == null) {
      return LoadStatus.of(0, List.of(), 0);
    }
    return LoadStatus.of(
        target.loads().size(),
        target.loads().stream()
            .map(
                load ->
                    new LoadStatus.Table(
                        load.table().toString(), load.isComplete(), load.rows(), 0, load.bytes()))
            .toList(),
        0);
  }
}
