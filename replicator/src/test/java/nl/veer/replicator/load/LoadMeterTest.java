package nl.veer.replicator.load;

import static org.assertj.core.api.Assertions.assertThat;

import nl.veer.connectors.event.TableId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.connectors.failure.StandingFailure;
import org.junit.jupiter.api.Test;

class LoadMeterTest {
  private static final TableId FITS = new TableId("public", "fits");
  private static final TableId BROKEN = new TableId("public", "broken");

  private final StandingFailure failure = new StandingFailure();
  private final LoadMeter meter = new LoadMeter(failure);

  @Test
  void anOutageIsOverWithTheFirstRange() {
    meter.started(FITS);
    meter.failed();
    failure.stands(new Failure(FailureKind.TRANSIENT, "CONNECTION_LOST", "Away."));

    meter.started(FITS);
    meter.committed(FITS, 1, false);

    assertThat(failure.now()).isNull();
  }

  @Test
  void anIncidentIsOverWhenNoTableIsLeftThatItCanHaveBeenOf() {
    meter.started(BROKEN);
    meter.failed();
    failure.stands(new Failure(FailureKind.SOURCE_DATA, "VALUE", "Does not fit."));

    meter.started(FITS);
    meter.committed(FITS, 1, true);
    meter.committed(BROKEN, 1, false);
    assertThat(failure.now()).isNotNull();

    meter.committed(BROKEN, 1, true);
    assertThat(failure.now()).isNull();
  }

  @Test
  void aTableThatIsLoadedAnewBeginsAtNothing() {
    meter.planned(FITS, 10);
    meter.started(FITS);
    meter.copied(FITS, 99);
    meter.committed(FITS, 7, true);

    meter.known(FITS, false, 7, 99);

    assertThat(meter.read()).containsExactly(new LoadMeter.Reading(FITS, false, 0, 10, 0, 0));
    meter.failed();
    failure.stands(new Failure(FailureKind.TRANSIENT, "CONNECTION_LOST", "Away."));
    meter.started(BROKEN);
    meter.committed(BROKEN, 1, true);
    assertThat(failure.now()).as("the failed attempt had not begun it").isNull();
  }
}
