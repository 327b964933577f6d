package nl.veer.control.dashboard.route;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import nl.veer.control.dashboard.command.CommandDesk;
import nl.veer.control.dashboard.feed.Answers;
import nl.veer.control.dashboard.feed.GateFeed;
import nl.veer.control.dashboard.feed.StatusFeed;
import nl.veer.control.dashboard.feed.StatusNow;
import nl.veer.control.dashboard.view.MigrationView;
import nl.veer.control.dashboard.view.ProcessPage;

/**
 * Where the routes' answers come from.
 *
 * @param migration its name
 * @param waves the configured waves' names
 * @param veer version of this Veer
 * @param pages what the process tells of itself
 * @param commands takes what is asked of the migration
 */
public record Sources(
    String migration,
    List<String> waves,
    String veer,
    MigrationView view,
    StatusFeed status,
    GateFeed gates,
    Answers answers,
    List<ProcessPage> pages,
    CommandDesk commands,
    Clock clock) {
  /** Whoever asks while the servers are silent is given what there is, with its age. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  public Sources {
    waves = List.copyOf(waves);
    pages = List.copyOf(pages);
  }

  /** The status of now; the last one if there is none in time. */
  public CompletableFuture<StatusNow> statusInTime() {
    return status
        .ask()
        .copy()
        .completeOnTimeout(status.last(), PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
        .thenApply(any -> status.last());
  }
}
