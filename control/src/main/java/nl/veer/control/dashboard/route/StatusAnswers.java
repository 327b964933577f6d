package nl.veer.control.dashboard.route;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.control.dashboard.api.Bodies;
import nl.veer.control.dashboard.api.GateBody;
import nl.veer.control.dashboard.feed.StatusNow;
import nl.veer.control.dashboard.work.Refused;
import nl.veer.control.dashboard.work.Refused.Why;

/** What is answered from the status and the gates, which are read for all. */
final class StatusAnswers {
  private final Sources sources;

  StatusAnswers(Sources sources) {
    this.sources = sources;
  }

  CompletionStage<?> migration(Asked asked) {
    return now()
        .thenApply(now -> Bodies.migration(sources.migration(), sources.veer(), now, instant()));
  }

  CompletionStage<?> waves(Asked asked) {
    return now().thenApply(now -> Bodies.waves(now, instant()));
  }

  CompletionStage<?> wave(Asked asked) {
    String wave = existing(sources, asked.given(Routes.WAVE));
    return now()
        .thenApply(now -> read(now, Bodies.wave(wave, now, instant()), () -> unheard(wave)));
  }

  CompletionStage<?> gate(Asked asked) {
    return sources.gates().ask().thenApply(look -> GateBody.of(look, instant()));
  }

  private CompletableFuture<StatusNow> now() {
    return sources.statusInTime();
  }

  /** The same name, if it is a wave's. */
  static String existing(Sources sources, String wave) {
    if (!sources.waves().contains(wave)) {
      throw new Refused(
          Why.ABSENT,
          "WAVE_UNKNOWN",
          "There is no such wave; there are: " + String.join(", ", sources.waves()) + ".");
    }
    return wave;
  }

  /** Before the first reading it is not known what there is. */
  static <T> T read(StatusNow now, Optional<T> found, Supplier<RuntimeException> absent) {
    if (now.status() == null) {
      String trouble = now.trouble();
      throw new Failure(
          FailureKind.TRANSIENT,
          "STATUS_UNREAD",
          "The status is not read yet" + (trouble == null ? "." : ": " + trouble));
    }
    return found.orElseThrow(absent);
  }

  static Failure unheard(String wave) {
    return new Failure(
        FailureKind.TRANSIENT, "STATUS_UNREAD", "Nothing was heard of wave " + wave + " yet.");
  }

  private Instant instant() {
    return sources.clock().instant();
  }
}
