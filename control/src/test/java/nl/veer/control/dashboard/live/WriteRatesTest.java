package nl.veer.control.dashboard.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.WaveId;
import nl.veer.control.dashboard.live.WriteRates.Count;
import nl.veer.control.dashboard.live.WriteRates.Reading;
import org.junit.jupiter.api.Test;

class WriteRatesTest {
  private static final Instant AT = Instant.parse("2026-11-29T18:00:00Z");
  private static final WaveId WAVE = new WaveId("shop", "main");
  private static final TableId ORDERS = new TableId("shop", "orders");

  private final WriteRates rates = new WriteRates();

  @Test
  void aRateNeedsTwoReadings() {
    assertThat(known(0, 1_000)).isEmpty();
    assertThat(known(5, 1_050)).containsExactly(Map.entry(ORDERS, 10.0));
    assertThat(known(15, 1_050)).containsExactly(Map.entry(ORDERS, 0.0));
  }

  @Test
  void twoReadingsWithinAMomentAreOne() {
    known(0, 1_000);
    known(5, 1_050);
    assertThat(known(6, 1_900)).containsExactly(Map.entry(ORDERS, 10.0));
    assertThat(known(10, 1_100)).as("from the fifth second on").containsValue(10.0);
  }

  @Test
  void nothingIsKnownAfterALongTimeOrWhereTheCountsOrTheLoadBeganAnew() {
    known(0, 1_000);
    assertThat(known(300, 2_000)).isEmpty();
    assertThat(known(305, 10)).isEmpty();
    assertThat(rates.known(WAVE, reading(310, "another", 2_000))).isEmpty();
  }

  @Test
  void eachWaveHasItsOwn() {
    known(0, 1_000);
    assertThat(rates.known(new WaveId("shop", "other"), reading(5, "load", 1_050))).isEmpty();
  }

  @Test
  void withoutATableThereIsNoRate() {
    assertThat(rates.known(WAVE, new Reading(null, Map.of()))).isEmpty();
    assertThat(known(5, 10)).isEmpty();
    assertThat(known(10, 20)).containsValue(2.0);
  }

  private Map<TableId, Double> known(long second, long writes) {
    return rates.known(WAVE, reading(second, "load", writes));
  }

  private static Reading reading(long second, String load, long writes) {
    return new Reading(AT.plusSeconds(second), Map.of(ORDERS, new Count(load, writes)));
  }
}
