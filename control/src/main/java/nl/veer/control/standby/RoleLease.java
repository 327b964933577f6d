package nl.veer.control.standby;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import nl.veer.connectors.dialect.SourceConnections;
import nl.veer.connectors.dialect.TargetConnections;
import nl.veer.connectors.dialect.postgres.PostgresLease;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.control.config.VeerConfig;
import nl.veer.control.standby.SideLease.Seen;
import nl.veer.control.wave.Role;
import nl.veer.control.wave.RoleName;
import org.jspecify.annotations.Nullable;

/**
 * A process's right to do a role, in turn with others that are started for the same: {@link #await}
 * returns when none of them does it. Until {@link #close} the right is kept by threads of its own,
 * one for each server that knows it. A server that does not answer keeps nobody from beginning, for
 * the roles wait for it themselves.
 *
 * <p>This spares people a process that pushes another out, and has a second one wait for the first
 * one's death. It makes nothing safe: that is done by the replicator's epoch, the writer's id in
 * Kafka and the slot. Who learns that another has the right now, ends: {@link #lost}. Its methods
 * are called by one thread, but for {@link #lost}.
 */
public final class RoleLease implements AutoCloseable {
  /** Renewed so often: a session that broke is noticed, and opened anew, before others take it. */
  private static final Duration RENEWAL = Duration.ofMillis(300);

  private static final Duration LOOK = Duration.ofMillis(500);

  /** What is free for so long is nobody's, for a holder whose session broke comes back sooner. */
  private static final Duration CALM = Duration.ofSeconds(2);

  /** Longer than a server keeps the lease of a process that has just been killed. */
  private static final Duration GONE = PostgresLease.SILENCE.plus(CALM);

  /** No answer is waited for longer. */
  private static final Duration ANSWER = Duration.ofSeconds(4);

  private static final Duration END = Duration.ofSeconds(2);

  private final String name;
  private final Role role;
  private final boolean alone;
  private final List<SideLease> sides = new ArrayList<>();
  private final List<Thread> keepers = new ArrayList<>();
  private final StopSignal over = new StopSignal();
  private boolean stoodBy;
  private volatile @Nullable Failure lost;

  private RoleLease(VeerConfig config, List<WaveId> waves, Role role) {
    this.name = config.migration();
    this.role = role;
    // A log in this process's own broker is nobody else's to go on with.
    this.alone = config.kafka() == null;
    String purpose = "%s lease %s".formatted(name, role.word());
    List<String> atSource = RoleName.atSource(waves, role);
    if (!atSource.isEmpty()) {
      SourceConnections source = new SourceConnections(config.source().endpoint());
      sides.add(new SideLease("source", atSource, () -> source.openBounded(purpose, ANSWER)));
    }
    List<String> atTarget = RoleName.atTarget(waves, role);
    if (!atTarget.isEmpty()) {
      TargetConnections target = new TargetConnections(config.target().endpoint());
      sides.add(new SideLease("target", atTarget, () -> target.openBounded(purpose, ANSWER)));
    }
  }

  /** For these waves; nothing is asked yet. */
  public static RoleLease of(VeerConfig config, List<WaveId> waves, Role role) {
    return new RoleLease(config, waves, role);
  }

  /**
   * Returns when no other process has the right, as far as the servers answer.
   *
   * @param stop raised when nobody wants it any more
   * @param say told once, in a line, who is waited for
   * @return false if it was asked to stop
   * @throws Failure CONFLICT if another has it, and this process could not go on with its log
   */
  public boolean await(StopSignal stop, Consumer<String> say) {
    long begin = System.nanoTime();
    long free = begin;
    while (!stop.isRaised()) {
      List<Seen> seen = sides.stream().map(SideLease::look).toList();
      if (seen.contains(Seen.ANOTHERS)) {
        free = System.nanoTime();
        standBy(System.nanoTime() - begin, say);
      } else if (stoodBy && seen.contains(Seen.NOTHING)) {
        free = System.nanoTime();
      } else if ((!stoodBy || System.nanoTime() - free >= CALM.toNanos()) && take(seen)) {
        keep();
        return true;
      }
      stop.await(LOOK);
    }
    return false;
  }

  private void standBy(long waited, Consumer<String> say) {
    if (alone) {
      if (waited > GONE.toNanos()) {
        throw new Failure(
            FailureKind.CONFLICT,
            "RUNNING",
            "Another process carries %s (%s), and this one cannot go on with its log: the broker of"
                    .formatted(name, holder())
                + " veer run is its own. End the other one, or name a Kafka in the configuration.");
      }
      return;
    }
    sides.forEach(SideLease::showWaiting);
    if (!stoodBy) {
      stoodBy = true;
      say.accept(words());
    }
  }

  private String words() {
    return "Another process does `veer %s` of %s: %s. Standing by; this one goes on when that one has"
            .formatted(role.word(), name, holder())
        + " ended, or is not heard of for %d s.".formatted(PostgresLease.SILENCE.toSeconds());
  }

  private String holder() {
    return sides.stream()
        .map(SideLease::holder)
        .filter(words -> !words.isEmpty())
        .findFirst()
        .orElse("not seen any more");
  }

  /** What could not be asked is taken later, for it is not asked twice in vain here. */
  private boolean take(List<Seen> seen) {
    for (int side = 0; side < sides.size(); side++) {
      if (seen.get(side) == Seen.FREE && sides.get(side).take() == Seen.ANOTHERS) {
        sides.forEach(SideLease::close);
        return false;
      }
    }
    return true;
  }

  /** Whether another process had it before. */
  public boolean hasStoodBy() {
    return stoodBy;
  }

  private void keep() {
    for (SideLease side : sides) {
      Thread keeper = new Thread(() -> keep(side), "lease " + role.word());
      keeper.setDaemon(true);
      keepers.add(keeper);
      keeper.start();
    }
  }

  private void keep(SideLease side) {
    try (side) {
      Duration pause = RENEWAL;
      while (!over.await(pause)) {
        Seen seen = side.look();
        if (seen == Seen.ANOTHERS) {
          lost = taken(side);
          return;
        }
        boolean own = seen == Seen.OWN || (seen == Seen.FREE && side.take() == Seen.OWN);
        pause = own ? RENEWAL : LOOK;
      }
    }
  }

  private Failure taken(SideLease side) {
    return new Failure(
        FailureKind.CONFLICT,
        "TAKEN_OVER",
        "Another process does `veer %s` of %s now (%s): this one stood still, or did not reach the"
                .formatted(role.word(), name, side.holder())
            + " database, for too long. Start it again, and it stands by.");
  }

  /** Why this process must end: another has the right now. Empty while it does not. */
  public Optional<Failure> lost() {
    return Optional.ofNullable(lost);
  }

  /** Gives the right to whoever waits for it. */
  @Override
  public void close() {
    over.raise();
    if (keepers.isEmpty()) {
      sides.forEach(SideLease::close);
    }
    for (Thread keeper : keepers) {
      try {
        keeper.join(END.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
