package nl.veer.replicator.apply;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LoadWatchTest {
  private final ModelSession session = new ModelSession();
  private long nanos;
  private boolean wanted;
  private int looks;
  private final LoadWatch watch =
      new LoadWatch(
          any -> {
            looks++;
            return wanted;
          },
          () -> nanos);

  @Test
  void looksNoMoreThanOnceASecondHoweverManyBatchesThereAre() {
    for (int batch = 0; batch < 3_000; batch++) {
      nanos += Duration.ofMillis(1).toNanos();
      watch.sees(session);
    }

    assertThat(looks).isEqualTo(3);
  }

  @Test
  void seesWhatIsWantedAtTheNextLook() {
    wanted = true;
    nanos = Duration.ofMillis(999).toNanos();
    assertThat(watch.sees(session)).isFalse();

    nanos = Duration.ofSeconds(1).toNanos();
    assertThat(watch.sees(session)).isTrue();
  }
}
