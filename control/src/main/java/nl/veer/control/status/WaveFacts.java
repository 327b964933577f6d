package nl.veer.control.status;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import nl.veer.connectors.dialect.postgres.PostgresProgress;
import nl.veer.connectors.event.Position;
import nl.veer.control.word.Doing;
import nl.veer.control.word.Heard;
import nl.veer.control.word.ReplicatorSaid;
import nl.veer.control.word.Speaker;
import nl.veer.replicator.stamp.Stamp;
import nl.veer.replicator.stamp.TableLoad;
import org.jspecify.annotations.Nullable;

/**
 * What the three systems and the roles say of a wave, read one after the other. What could not be
 * read is null, and {@code unknown} says why. How far the wave is, the databases say; whether a
 * role is well, the role itself. Only of one that says nothing a connected session stands for that.
 *
 * @param log null if it could not be read, or if there is none
 * @param slot of the log; null if it could not be read, or if there is none
 * @param words what the roles say of themselves
 */
record WaveFacts(
    String wave,
    @Nullable PostgresProgress source,
    @Nullable LogEnd log,
    @Nullable Target target,
    @Nullable SlotFigures slot,
    LegWords words,
    List<String> unknown) {

  WaveFacts {
    unknown = List.copyOf(unknown);
  }

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
        slot,
        words.figures(),
        failure(),
        unknown);
  }

  private WaveState state() {
    if (source == null || target == null || !unknown.isEmpty()) {
      return WaveState.UNKNOWN;
    }
    Optional<Heard> trouble = words.trouble();
    if (trouble.isPresent()) {
      return LegWords.state(trouble.get());
    }
    Stamp stamp = target.stamp();
    if (!source.slot() && stamp == null) {
      return words.speak() ? WaveState.STARTING : WaveState.NOT_STARTED;
    }
    if (stopped() != null || stamp == null) {
      return stamp == null && captures() ? WaveState.STARTING : WaveState.STOPPED;
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

  private boolean captures() {
    return words.isThere(Speaker.CAPTURE, source != null && source.capturing());
  }

  private boolean replicates() {
    return words.isThere(Speaker.REPLICATOR, target != null && target.replicating());
  }

  private @Nullable String failure() {
    String stopped = stopped();
    return words
        .trouble()
        .map(trouble -> LegWords.words(trouble) + (stopped == null ? "" : "; " + stopped))
        .orElse(stopped);
  }

  /** Which roles are missing of a wave that was begun; null if none is. */
  private @Nullable String stopped() {
    if (source == null || target == null || (!source.slot() && target.stamp() == null)) {
      return null;
    }
    List<String> missing = new ArrayList<>();
    if (!source.slot()) {
      missing.add("the source has no slot for it");
    } else if (!captures()) {
      missing.add("no capture is connected to the source" + words.end(Speaker.CAPTURE));
    }
    if (!replicates()) {
      missing.add("no replicator is connected to the target" + words.end(Speaker.REPLICATOR));
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
    LoadStatus kept =
        LoadStatus.of(
            target.loads().size(),
            target.loads().stream()
                .map(
                    load ->
                        new LoadStatus.Table(
                            load.table().toString(),
                            load.isComplete(),
                            load.rows(),
                            0,
                            load.bytes()))
                .toList(),
            0);
    return words
        .last(Speaker.REPLICATOR)
        .filter(heard -> heard.word().doing() == Doing.LOADING && heard.speaks())
        .map(heard -> heard.word().said() instanceof ReplicatorSaid said ? said.load() : null)
        .map(kept::underWay)
        .orElse(kept);
  }
}
