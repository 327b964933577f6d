package nl.veer.control.word;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/**
 * Words as JSON, one line each:
 *
 * <pre>{@code
 * {"version":1,"migration":"shop","wave":"main","leg":0,"role":"capture","instance":"3f2a9c1e77d0",
 *  "doing":"RUNNING","at":"2026-01-31T12:00:00.123Z","everyMillis":1000,"failure":null,
 *  "said":{"position":"0/16B3748","transaction":7,"transactions":7,"events":12}}
 * }</pre>
 *
 * A field may be added within a version; whoever reads leaves out what it does not know. Where one
 * changes its meaning or goes, the version is raised, and older readers say that they cannot read
 * it.
 */
final class WordJson {
  static final int VERSION = 1;

  private static final ObjectMapper MAPPER =
      new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private WordJson() {}

  private record Line(
      int version,
      String migration,
      String wave,
      int leg,
      String role,
      String instance,
      String doing,
      String at,
      long everyMillis,
      @Nullable String failure,
      JsonNode said) {}

  static String write(Word word) {
    WordKey key = word.key();
    Line line =
        new Line(
            VERSION,
            key.wave().migration(),
            key.wave().wave(),
            key.leg(),
            key.speaker().word(),
            key.instance(),
            word.doing().name(),
            word.at().toString(),
            word.every().toMillis(),
            word.failure(),
            MAPPER.valueToTree(word.said()));
    try {
      return MAPPER.writeValueAsString(line);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * The key says who speaks; what of the rest cannot be read is {@link Doing#UNREADABLE}.
   *
   * @param heardAt stands for the time where that cannot be read either
   */
  static Word read(WordKey key, String json, Instant heardAt) {
    try {
      Line line = MAPPER.readValue(json, Line.class);
      if (line.version != VERSION || line.everyMillis <= 0) {
        return Word.unreadable(key, heardAt);
      }
      Said said = MAPPER.treeToValue(line.said, key.speaker().said());
      if (said == null) {
        return Word.unreadable(key, heardAt);
      }
      return new Word(
          key,
          Doing.valueOf(line.doing),
          Instant.parse(line.at),
          Duration.ofMillis(line.everyMillis),
          line.failure,
          said);
    } catch (JsonProcessingException
        | IllegalArgumentException
        | NullPointerException
        | DateTimeParseException e) {
      return Word.unreadable(key, heardAt);
    }
  }
}
