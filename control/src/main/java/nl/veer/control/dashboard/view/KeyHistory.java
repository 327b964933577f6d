package nl.veer.control.dashboard.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What log and echo hold of a row, each in its own order, the oldest first.
 *
 * @param words what is missing, for people; null if nothing is
 * @param complete whether these are all events since the topics began
 */
public record KeyHistory(
    State state,
    @Nullable String words,
    List<KeyEvent> log,
    List<KeyEvent> echo,
    boolean complete) {

  public KeyHistory {
    log = List.copyOf(log);
    echo = List.copyOf(echo);
  }

  /** How the search ended, or that it has not. */
  public enum State {
    /** It goes on: ask again. It ends when nobody asks any more. */
    SEARCHING,
    /** All that there was to read is read. */
    DONE,
    /** The key is not known any more, or the topics' beginning is gone. */
    NOT_KEPT,
    /** The topics hold more than is read for this; the newest part was. */
    TOO_FAR
  }

  /** Of a search that has not ended. */
  public static KeyHistory searching(String words) {
    return new KeyHistory(State.SEARCHING, words, List.of(), List.of(), false);
  }
}
