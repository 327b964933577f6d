package nl.veer.control.demo;

import java.util.Optional;
import nl.veer.connectors.event.Position;
import nl.veer.control.wave.WaveRun;
import nl.veer.verifier.verdict.Verdict;
import nl.veer.verifier.verdict.WaveVerdict;

/** Waits for what Veer's own verifier says. Owned by the demo's thread. */
final class DemoProof {
  private final DemoStage stage;

  DemoProof(DemoStage stage) {
    this.stage = stage;
  }

  /**
   * Until it says EQUAL or DIFFERENT of this position or a later one.
   *
   * @param leg number of the leg that it is asked of
   * @return its last word; empty if it said nothing of the position
   */
  Optional<WaveVerdict> await(int leg, Position position, Patience patience) {
    Optional<WaveVerdict> last = Optional.empty();
    while (patience.lasts()) {
      Optional<WaveVerdict> now =
          stage
              .wave()
              .filter(wave -> wave.leg().number() == leg)
              .map(WaveRun::verdict)
              .filter(verdict -> reaches(verdict, position));
      if (now.isPresent()) {
        last = now;
        if (!(now.get().verdict() instanceof Verdict.Unknown)) {
          return last;
        }
      }
    }
    return last;
  }

  private static boolean reaches(WaveVerdict verdict, Position position) {
    Position of = verdict.position();
    return of != null && !position.isAfter(of);
  }
}
