package nl.veer.connectors.failure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StandingFailureTest {
  private final StandingFailure failure = new StandingFailure();

  @Test
  void whatWasAwayIsOverWhenTheServersAnswer() {
    failure.stands(new Failure(FailureKind.TRANSIENT, "CONNECTION_LOST", "Away."));

    failure.reachable();

    assertThat(failure.now()).isNull();
  }

  @Test
  void anIncidentStandsUntilWhatFailedHasSucceeded() {
    Failure incident = new Failure(FailureKind.TARGET_DATA, "ROW_COUNT", "No row was hit.");
    failure.stands(incident);

    failure.reachable();
    assertThat(failure.now()).isSameAs(incident);

    failure.passed();
    assertThat(failure.now()).isNull();
  }

  @Test
  void theSameFailureAgainIsNothingNew() {
    assertThat(failure.stands(new Failure(FailureKind.TRANSIENT, "LOCKED", "Busy."))).isTrue();
    assertThat(failure.stands(new Failure(FailureKind.TRANSIENT, "LOCKED", "Busy."))).isFalse();
    assertThat(failure.stands(new Failure(FailureKind.TRANSIENT, "LOCKED", "Else."))).isTrue();
  }
}
