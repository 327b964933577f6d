package nl.veer.control.dashboard.route;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import nl.veer.control.dashboard.api.CausesBody;
import nl.veer.control.dashboard.api.KeyEventsBody;
import nl.veer.control.dashboard.feed.KeySearches;
import nl.veer.control.dashboard.view.Causes;
import nl.veer.control.dashboard.work.Refused;
import nl.veer.control.dashboard.work.Refused.Why;
import org.jspecify.annotations.Nullable;

/** What is answered about rows that differ. */
final class RowAnswers {
  /** All records are counted for it. */
  private static final Duration FRESH = Duration.ofSeconds(5);

  /** Most searches take longer; then it is said how far it is. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{32}");

  private final Sources sources;
  private final KeySearches keys;

  RowAnswers(Sources sources) {
    this.sources = sources;
    this.keys =
        new KeySearches(
            (wave, table, key, search) -> sources.view().keyHistory(wave, table, key, search),
            sources.clock(),
            PATIENCE);
  }

  CompletionStage<?> causes(Asked asked) {
    @Nullable String wave = asked.text(Routes.WAVE);
    if (wave != null) {
      StatusAnswers.existing(sources, wave);
    }
    boolean closed = asked.flag("closed");
    return sources
        .answers()
        .ask(
            "causes %s %s".formatted(closed, wave),
            Counted.class,
            FRESH,
            () -> new Counted(sources.view().causes(wave, closed), sources.clock().instant()))
        .thenApply(found -> CausesBody.of(found.causes, found.at, sources.clock().instant()));
  }

  private record Counted(Causes causes, Instant at) {}

  CompletionStage<?> events(Asked asked) {
    String wave = StatusAnswers.existing(sources, asked.given(Routes.WAVE));
    String table = asked.given(Routes.TABLE);
    String key = asked.given(Routes.KEY);
    if (!DIGEST.matcher(key).matches()) {
      throw new Refused(
          Why.WRONG, "PARAMETER", "The parameter key has 32 hexadecimal digits, in lower case.");
    }
    return keys.ask(wave, table, key).thenApply(found -> KeyEventsBody.of(wave, table, key, found));
  }
}
