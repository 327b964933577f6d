package nl.veer.control.dashboard.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import nl.veer.control.dashboard.Altered;
import nl.veer.control.dashboard.PlainView;
import nl.veer.control.dashboard.feed.History.Point;
import nl.veer.control.status.MigrationStatus;
import nl.veer.control.status.WaveStatus;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HistoryTest {
  private static final Instant BEGAN = Instant.parse("2026-11-29T12:00:00Z");
  private static final Duration HOUR = Duration.ofHours(1);

  private final History history = new History(PlainView.WAVES, BEGAN);

  @Test
  void whatWasNotReadIsNotKnownAndIsNotCarriedOn() {
    add(0, 12L);
    add(30, 40L);
    assertThat(lags(history.last("main", HOUR, 600, at(45))))
        .containsExactly(12.0, null, null, 40.0, null);
    assertThat(lags(history.last("dark", HOUR, 600, at(45)))).containsOnlyNulls();
  }

  @Test
  void ofSeveralReadingsInAStepTheLargestIsKept() {
    add(1, 12L);
    add(3, 900L);
    add(5, 13L);
    add(7, null);
    assertThat(lags(history.last("main", HOUR, 600, at(9)))).containsExactly(900.0);
  }

  @Test
  void fewerPointsHideNoPeak() {
    for (int second = 0; second < 3_600; second += 10) {
      add(second, second == 1_230 ? 77_000L : 10L);
    }
    History.Part part = history.last("main", HOUR, 20, at(3_599));
    assertThat(part.points()).hasSizeLessThanOrEqualTo(20);
    assertThat(part.step()).isEqualTo(Duration.ofSeconds(180));
    Point peak =
        part.points().stream()
            .filter(point -> Objects.equals(point.replicationLagMillis(), 77_000.0))
            .findFirst()
            .orElseThrow();
    assertThat(peak.at()).isBeforeOrEqualTo(at(1_230)).isAfter(at(1_230).minus(part.step()));
    assertThat(lags(part)).filteredOn(lag -> Objects.equals(lag, 10.0)).hasSizeGreaterThan(15);
  }

  @Test
  void pointsStayWhereTheyAreAsTimeGoesOn() {
    for (int second = 0; second < 600; second += 10) {
      add(second, 1L);
    }
    Duration part = Duration.ofMinutes(8);
    List<Instant> before = times(history.last("main", part, 10, at(540)));
    List<Instant> after = times(history.last("main", part, 10, at(550)));
    assertThat(after).containsAll(before.subList(1, before.size()));
  }

  @Test
  void aDayIsKeptAndNothingOlder() {
    add(0, 5_000L);
    add(24 * 3_600, 7L);
    History.Part day = history.last("main", Duration.ofDays(2), 100_000, at(24 * 3_600));
    assertThat(day.points()).hasSize(8_640);
    assertThat(lags(day)).doesNotContain(5_000.0).endsWith(7.0);
  }

  @Test
  void itBeginsWithTheProcess() {
    add(20, 5L);
    History.Part part = history.last("main", HOUR, 600, at(25));
    assertThat(part.since()).isEqualTo(BEGAN);
    assertThat(times(part)).startsWith(BEGAN);
    assertThat(history.last("main", Duration.ofSeconds(10), 600, at(25)).since()).isEqualTo(at(15));
  }

  @Test
  void noDifferenceIsSaidOnlyOfWhatIsProven() {
    history.add(at(0), status(PlainView.main("EQUAL")), Map.of());
    history.add(at(10), status(PlainView.main("UNKNOWN")), Map.of());
    history.add(at(20), status(PlainView.main("DIFFERENT")), Map.of());
    assertThat(history.last("main", HOUR, 600, at(25)).points())
        .extracting(Point::differences)
        .containsExactly(0.0, null, 2.0);
  }

  @Test
  void theVerificationsLagIsThatOfTheLedger() {
    add(0, 12L);
    assertThat(history.last("main", HOUR, 600, at(5)).points())
        .extracting(Point::verificationLagMillis)
        .containsExactly(30.0);
  }

  @Test
  void ofAWaveThatIsNotConfiguredNothingIsKept() {
    History other = new History(List.of("other"), BEGAN);
    other.add(at(0), status(PlainView.main("EQUAL")), Map.of());
    assertThat(lags(other.last("main", HOUR, 600, at(5)))).containsOnlyNulls();
  }

  @Test
  void afterAClockIsSetBackItGoesOn() {
    add(7_200, 3L);
    add(10, 4L);
    assertThat(lags(history.last("main", HOUR, 600, at(15)))).containsExactly(null, 4.0);
  }

  private void add(int second, @Nullable Long lag) {
    history.add(at(second), status(lagging(lag)), Map.of());
  }

  private static Instant at(int second) {
    return BEGAN.plusSeconds(second);
  }

  private static List<@Nullable Double> lags(History.Part part) {
    return part.points().stream().<@Nullable Double>map(Point::replicationLagMillis).toList();
  }

  private static List<Instant> times(History.Part part) {
    return part.points().stream().map(Point::at).toList();
  }

  private static MigrationStatus status(WaveStatus wave) {
    return new MigrationStatus("shop", BEGAN.toString(), List.of(wave));
  }

  private static WaveStatus lagging(@Nullable Long lag) {
    return Altered.lag(PlainView.main("EQUAL"), lag);
  }
}
