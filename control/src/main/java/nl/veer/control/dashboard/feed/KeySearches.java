package nl.veer.control.dashboard.feed;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import nl.veer.connectors.failure.Failure;
import nl.veer.control.dashboard.view.KeyHistory;
import nl.veer.control.dashboard.view.RowView.Search;
import org.jspecify.annotations.Nullable;

/**
 * Searches log and echo for what became of a row: one search at a time, as each reads two topics.
 * It goes on as long as somebody asks for it again every few seconds, and what it found is given to
 * all who ask within a minute. Safe for use by several threads.
 */
public final class KeySearches {
  /** Nobody reads what was found any longer ago than this. */
  private static final Duration FRESH = Duration.ofMinutes(1);

  /** That there is no answer is not given for longer than this. */
  private static final Duration NO_ANSWER = Duration.ofSeconds(2);

  /** Whoever has not asked again by then has gone. */
  private static final Duration INTEREST = Duration.ofSeconds(10);

  /** Each holds some hundred events. */
  private static final int KEPT = 16;

  private static final String BEGUN = "The search has begun.";
  private static final String LATE = "late";

  private final Searching searching;
  private final Clock clock;
  private final Duration patience;

  /** All below is guarded by this. The oldest first. */
  private final Map<Row, Found> kept = new LinkedHashMap<>();

  private @Nullable Running running;

  /** How it is searched for. */
  public interface Searching {
    /**
     * @throws Failure if there is no answer
     */
    KeyHistory search(String wave, String table, String key, Search search);
  }

  private record Row(String wave, String table, String key) {}

  private record Found(@Nullable KeyHistory history, @Nullable RuntimeException why, Instant at) {}

  /**
   * @param patience whoever asks is told how far the search is, if it takes longer
   */
  public KeySearches(Searching searching, Clock clock, Duration patience) {
    this.searching = searching;
    this.clock = clock;
    this.patience = patience;
  }

  /** What was found; a state of SEARCHING as long as nothing is, or another search goes on. */
  public CompletableFuture<KeyHistory> ask(String wave, String table, String key) {
    Row row = new Row(wave, table, key);
    Running search;
    synchronized (this) {
      Found found = kept.get(row);
      if (found != null && isFresh(found)) {
        return found.history == null
            ? CompletableFuture.failedFuture(found.why)
            : CompletableFuture.completedFuture(found.history);
      }
      search = running;
      if (search == null) {
        search = new Running(row);
        running = search;
        search.begin();
      } else if (!search.row.equals(row)) {
        return CompletableFuture.completedFuture(
            KeyHistory.searching("It waits for another search to end."));
      }
      search.wanted = clock.instant();
    }
    return search.answer(patience);
  }

  private boolean isFresh(Found found) {
    Duration fresh = found.history == null ? NO_ANSWER : FRESH;
    return Duration.between(found.at, clock.instant()).abs().compareTo(fresh) < 0;
  }

  /** What nobody waited for to its end is not kept: it is not whole. */
  private synchronized void ended(Running search, Found found) {
    running = null;
    if (search.abandoned) {
      return;
    }
    kept.remove(search.row);
    if (kept.size() >= KEPT) {
      kept.remove(kept.keySet().iterator().next());
    }
    kept.put(search.row, found);
  }

  /** A search that goes on, in a thread of its own. */
  private final class Running implements Search {
    private final Row row;
    private final CompletableFuture<KeyHistory> end = new CompletableFuture<>();
    private volatile Instant wanted = clock.instant();
    private volatile String words = BEGUN;

    /** It has been told that nobody waits, and may have ended in its middle. */
    private volatile boolean abandoned;

    Running(Row row) {
      this.row = row;
    }

    void begin() {
      Thread thread = new Thread(this::run, "dashboard key search");
      thread.setDaemon(true);
      thread.start();
    }

    private void run() {
      try {
        KeyHistory history = searching.search(row.wave, row.table, row.key, this);
        ended(this, new Found(history, null, clock.instant()));
        end.complete(abandoned ? KeyHistory.searching(BEGUN) : history);
      } catch (RuntimeException e) {
        ended(this, new Found(null, e, clock.instant()));
        end.completeExceptionally(e);
      } catch (Error e) {
        RuntimeException shown = new IllegalStateException("The search ended by an error", e);
        ended(this, new Found(null, shown, clock.instant()));
        end.completeExceptionally(shown);
      }
    }

    CompletableFuture<KeyHistory> answer(Duration patience) {
      return CompletableFuture.anyOf(
              end,
              new CompletableFuture<>()
                  .completeOnTimeout(LATE, patience.toMillis(), TimeUnit.MILLISECONDS))
          .thenApply(any -> any instanceof KeyHistory found ? found : KeyHistory.searching(words));
    }

    @Override
    public boolean isWanted() {
      if (Duration.between(wanted, clock.instant()).abs().compareTo(INTEREST) > 0) {
        abandoned = true;
      }
      return !abandoned;
    }

    @Override
    public void at(String now) {
      words = now;
    }
  }
}
