package nl.veer.control.demo;

import java.time.Duration;
import nl.veer.connectors.event.Position;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.control.demo.DemoReport.Verdict;
import nl.veer.control.wave.WaveRun;
import nl.veer.verifier.verdict.WaveVerdict;
import org.jspecify.annotations.Nullable;

/** What Veer's own verifier says at a demo's end. Owned by the demo's thread. */
final class DemoProof {
  private static final Duration LOOK = Duration.ofMillis(200);

  /** Some rounds of scans, and the ledger's way behind them, on a slow machine. */
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final StopSignal stop;
  private Verdict verdict = Verdict.UNKNOWN;
  private @Nullable String position;

  DemoProof(StopSignal stop) {
    this.stop = stop;
  }

  /**
   * Waits until it says EQUAL or DIFFERENT of the shop's last commit.
   *
   * @param meanwhile what is shown while it waits
   */
  void await(WaveRun wave, Position last, Runnable meanwhile) {
    long begin = System.nanoTime();
    while (System.nanoTime() - begin < PATIENCE.toNanos() && !stop.await(LOOK)) {
      meanwhile.run();
      WaveVerdict now = wave.verdict();
      if (now != null && now.position() != null && !last.isAfter(now.position())) {
        verdict = Verdict.valueOf(now.verdict().word());
        position = now.position().text();
        if (verdict != Verdict.UNKNOWN) {
          return;
        }
      }
    }
  }

  Verdict verdict() {
    return verdict;
  }

  /** Null if it said nothing of the last commit. */
  @Nullable String position() {
    return position;
  }
}
