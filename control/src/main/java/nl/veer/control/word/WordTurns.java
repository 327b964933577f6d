package nl.veer.control.word;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whose turn it is to say something: a role's that has news, or has said nothing for a while, or is
 * not there any more, which then is its last word. Holds the last word of each. Owned by one
 * thread.
 */
final class WordTurns {
  private final Duration every;
  private final Map<WordKey, Said> said = new LinkedHashMap<>();

  private record Said(Word word, long nanos) {}

  /**
   * @param every after that it is a role's turn again
   */
  WordTurns(Duration every) {
    this.every = every;
  }

  /** What of this is to be said now. */
  List<Word> due(List<Word> now, Instant at, long nanos) {
    List<Word> due = new ArrayList<>();
    for (Word word : now) {
      Said before = said.get(word.key());
      if (before == null || nanos - before.nanos >= every.toNanos() || word.isNews(before.word)) {
        due.add(word);
      }
    }
    Set<WordKey> there = now.stream().map(Word::key).collect(Collectors.toSet());
    for (Said before : said.values()) {
      if (!there.contains(before.word.key()) && before.word.doing() != Doing.ENDED) {
        due.add(before.word.ended(at));
      }
    }
    return due;
  }

  /** It was. */
  void said(Word word, long nanos) {
    said.put(word.key(), new Said(word, nanos));
  }
}
