package nl.veer.connectors.capture;

import static org.assertj.core.api.Assertions.assertThat;

import nl.veer.connectors.capture.CaptureStatus.State;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import org.junit.jupiter.api.Test;

class CaptureProgressTest {
  private static final Failure AWAY =
      new Failure(FailureKind.TRANSIENT, "AWAY", "The source is away.");

  private final CaptureProgress progress = new CaptureProgress();

  @Test
  void eachTryAgainIsCountedAndAnEndIsNone() {
    progress.retried(State.RETRYING, AWAY);
    progress.starting();
    progress.retried(State.INCIDENT, AWAY);
    progress.state(State.STOPPED, null);

    assertThat(progress.status().retries()).isEqualTo(2);
    assertThat(progress.status().state()).isEqualTo(State.STOPPED);
  }
}
