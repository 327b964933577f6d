package nl.veer.control.wave;

import java.time.Duration;
import java.util.List;
import nl.veer.connectors.dialect.TargetConnections;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.BareTrace;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.control.config.VerificationConfig;
import nl.veer.verifier.record.VerdictKeeper;
import nl.veer.verifier.verdict.UnknownReason;
import nl.veer.verifier.verdict.Verdict;
import nl.veer.verifier.verdict.WaveVerdict;
import org.jspecify.annotations.Nullable;

/**
 * Makes a wave's verdict again and again, and keeps its history on the target. What fails is said
 * and tried again. {@link #run} blocks its thread; the other methods are safe from any.
 */
final class VerdictRun implements SideRole {
  private static final String NAME = "verdict";

  private static final Duration LOOK = Duration.ofSeconds(1);

  /** So many times as long as a look takes: thousands of tables are not looked at all the time. */
  private static final int REST = 20;

  private final VerdictKeeper keeper;
  private final StopSignal stop = new StopSignal();
  private final Trouble trouble;
  private final RecordGround ground;
  private volatile @Nullable WaveVerdict now;

  VerdictRun(WaveId wave, Migration migration) {
    VerificationConfig config = migration.verification();
    this.keeper =
        new VerdictKeeper(
            new TargetConnections(migration.target().endpoint()),
            wave,
            config.ledger(),
            config.verdictLag());
    this.trouble = new Trouble(wave, name());
    this.ground = new RecordGround(wave, new TargetConnections(migration.target().endpoint()));
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void run() {
    ground.await(stop, trouble);
    try (keeper) {
      while (!stop.isRaised()) {
        long begin = System.nanoTime();
        try {
          now = keeper.keep();
          trouble.is(null);
        } catch (Failure failure) {
          failed(failure);
        } catch (RuntimeException e) {
          failed(
              new Failure(FailureKind.BUG, "UNEXPECTED", "Unexpected: " + BareTrace.named(e), e));
        }
        Duration rest = Duration.ofNanos((System.nanoTime() - begin) * REST);
        stop.await(rest.compareTo(LOOK) > 0 ? rest : LOOK);
      }
    }
  }

  private void failed(Failure failure) {
    now = none("It cannot be made now: " + failure.getMessage());
    trouble.retried(failure);
  }

  private static WaveVerdict none(String why) {
    return new WaveVerdict(Verdict.unknown(UnknownReason.ERROR, why), null, NAME, List.of());
  }

  @Override
  public void stop() {
    stop.raise();
  }

  /** What its last look failed with; null if it did not. */
  @Nullable Failure trouble() {
    return trouble.now();
  }

  /**
   * As of its last look; null if there was none yet.
   *
   * @param end what the role ended with: from then on nobody looks; null if it did not
   */
  @Nullable WaveVerdict verdict(@Nullable Failure end) {
    return end == null ? now : none("It is not made any more: " + end.getMessage());
  }
}
