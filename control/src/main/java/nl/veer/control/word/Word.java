package nl.veer.control.word;

import java.time.Duration;
import java.time.Instant;
import nl.veer.connectors.failure.Failure;
import org.jspecify.annotations.Nullable;

/**
 * What a role says of itself at one moment.
 *
 * @param at when, by the clock of the process that says it
 * @param every how often it says something; who is silent for longer is not well
 * @param failure code and words of what is wrong, what is retried or why it ended; null while
 *     nothing is
 * @param said null only of one that is {@link Doing#UNREADABLE}
 */
public record Word(
    WordKey key,
    Doing doing,
    Instant at,
    Duration every,
    @Nullable String failure,
    @Nullable Said said) {

  /** Of a failure. */
  public static Word of(
      WordKey key, Doing doing, Instant at, Duration every, @Nullable Failure failure, Said said) {
    return new Word(
        key,
        doing,
        at,
        every,
        failure == null ? null : failure.code() + ": " + failure.getMessage(),
        said);
  }

  /** The last word; it keeps what was wrong. */
  Word ended(Instant when) {
    return new Word(key, Doing.ENDED, when, every, failure, said);
  }

  /** What was said in a version that cannot be read here. */
  static Word unreadable(WordKey key, Instant at) {
    return new Word(key, Doing.UNREADABLE, at, WordPublisher.EVERY, null, null);
  }

  /** Whether this is worth being said at once after that. */
  boolean isNews(Word before) {
    return doing != before.doing || !gist().equals(before.gist());
  }

  private String gist() {
    String code = failure == null ? "" : failure.substring(0, Math.max(0, failure.indexOf(':')));
    return code + " " + (said == null ? "" : said.gist());
  }
}
