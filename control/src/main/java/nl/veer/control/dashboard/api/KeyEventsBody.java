package nl.veer.control.dashboard.api;

import java.util.List;
import nl.veer.control.dashboard.view.KeyEvent;
import nl.veer.control.dashboard.view.KeyHistory;
import org.jspecify.annotations.Nullable;

/**
 * What became of a row, in log and echo. It is searched for while somebody asks: ask again as long
 * as the state is SEARCHING.
 *
 * @param key the digest of the row's key
 * @param words how far the search is, or what is missing; null if nothing is
 * @param log what the source's transactions made of it, oldest first
 * @param echo what the target's did
 * @param complete whether these are all events since the topics began
 */
public record KeyEventsBody(
    String wave,
    String table,
    String key,
    KeyHistory.State state,
    @Nullable String words,
    List<KeyEvent> log,
    List<KeyEvent> echo,
    boolean complete) {

  public KeyEventsBody {
    log = List.copyOf(log);
    echo = List.copyOf(echo);
  }

  public static KeyEventsBody of(String wave, String table, String key, KeyHistory found) {
    return new KeyEventsBody(
        wave,
        table,
        key,
        found.state(),
        found.words(),
        found.log(),
        found.echo(),
        found.complete());
  }
}
