package nl.veer.control.dashboard.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import nl.veer.control.dashboard.HandClock;
import nl.veer.control.dashboard.PlainView;
import nl.veer.control.dashboard.feed.History.Point;
import nl.veer.control.status.MigrationStatus;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The history goes on while nobody looks. */
class SamplerTest {
  private final HandClock clock = new HandClock();
  private final PlainView view = new PlainView();

  @Test
  void whereNobodyElseReadsTheFeedReadsOnceAndIsNotInterestedInMore() {
    try (StatusFeed feed = StatusFeed.start(PlainView.WAVES, view::status, clock);
        Sampler sampler = Sampler.start(feed, Optional::empty, clock)) {
      Awaitility.await().until(() -> feed.last().number() == 1);
      assertThat(lags(feed)).containsExactly(12.0);
      // It would read each second for ten seconds for somebody who asks, and the clock stands.
      Awaitility.await().until(feed::isIdle);
      assertThat(view.statuses).hasValue(1);
      assertThat(sampler).isNotNull();
    }
  }

  @Test
  void whatSomebodyElseHasReadIsTakenAndNobodyIsAsked() {
    try (StatusFeed feed = StatusFeed.start(PlainView.WAVES, view::status, clock)) {
      clock.putOn(Duration.ofSeconds(5));
      MigrationStatus read =
          new MigrationStatus(
              "shop", clock.instant().minusSeconds(3).toString(), List.of(PlainView.main("EQUAL")));
      try (Sampler sampler = Sampler.start(feed, () -> Optional.of(read), clock)) {
        Awaitility.await().until(() -> lags(feed).contains(12.0));
        assertThat(view.statuses).hasValue(0);
        assertThat(feed.last().number()).isZero();
        assertThat(sampler).isNotNull();
      }
    }
  }

  @Test
  void whatWasReadLongAgoIsNoSample() {
    Instant longAgo = clock.instant().minus(Duration.ofSeconds(11));
    MigrationStatus read =
        new MigrationStatus("shop", longAgo.toString(), List.of(PlainView.main("EQUAL")));
    try (StatusFeed feed = StatusFeed.start(PlainView.WAVES, view::status, clock);
        Sampler sampler = Sampler.start(feed, () -> Optional.of(read), clock)) {
      sampler.sample();
      assertThat(lags(feed)).containsOnlyNulls();
      assertThat(view.statuses).hasValue(0);
    }
  }

  @Test
  void aReadingThatFailedIsAGap() {
    view.fail(PlainView.away());
    try (StatusFeed feed = StatusFeed.start(PlainView.WAVES, view::status, clock)) {
      feed.sample();
      Awaitility.await().until(() -> feed.last().number() == 1);
      assertThat(lags(feed)).containsOnlyNulls();
    }
  }

  private List<@Nullable Double> lags(StatusFeed feed) {
    return feed
        .history()
        .last("main", Duration.ofMinutes(1), 600, clock.instant())
        .points()
        .stream()
        .<@Nullable Double>map(Point::replicationLagMillis)
        .toList();
  }
}
