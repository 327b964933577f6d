package nl.veer.control.word;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.stream.Stream;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WordJsonTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Instant LATER = Sample.AT.plusSeconds(60);

  static Stream<Word> words() {
    return Stream.of(
        Sample.word(Speaker.CAPTURE, Doing.RUNNING),
        Sample.word(Speaker.ECHO, Doing.WAITING),
        Sample.word(Speaker.REPLICATOR, Doing.LOADING),
        Sample.word(Speaker.LEDGER, Doing.RETRYING),
        Sample.word(Speaker.SCAN, Doing.RUNNING),
        Sample.word(Speaker.VERDICT, Doing.INCIDENT),
        Sample.word(Speaker.CUTOVER, Doing.ENDED));
  }

  @ParameterizedTest
  @MethodSource("words")
  void aWordIsReadAsItWasSaid(Word word) {
    assertThat(WordJson.read(word.key(), WordJson.write(word), LATER)).isEqualTo(word);
  }

  @Test
  void everyRoleHasAWord() {
    assertThat(words().map(word -> word.key().speaker()))
        .containsExactlyInAnyOrder(Speaker.values());
  }

  @Test
  void aFailureIsSaidWithItsCode() {
    Word word =
        Word.of(
            Sample.key(Speaker.CAPTURE, "a"),
            Doing.RETRYING,
            Sample.AT,
            WordPublisher.EVERY,
            new Failure(FailureKind.TRANSIENT, "KAFKA_UNAVAILABLE", "It is away."),
            new CaptureSaid(null, 0, 0, 0));

    assertThat(WordJson.write(word))
        .isEqualTo(
            "{\"version\":1,\"migration\":\"shop\",\"wave\":\"main\",\"leg\":0,\"role\":\"capture\","
                + "\"instance\":\"a\",\"doing\":\"RETRYING\",\"at\":\"2026-01-31T12:00:00.123Z\","
                + "\"everyMillis\":1000,\"failure\":\"KAFKA_UNAVAILABLE: It is away.\","
                + "\"said\":{\"position\":null,\"transaction\":0,\"committedAt\":null,\"transactions\":0,\"events\":0}}");
  }

  @Test
  void whatAnEarlierVersionDidNotSayIsNotKnown() {
    Word word = Sample.word(Speaker.CAPTURE, Doing.RUNNING);
    String json = WordJson.write(word).replace("\"committedAt\":null,", "");

    assertThat(json).doesNotContain("committedAt");
    assertThat(WordJson.read(word.key(), json, LATER)).isEqualTo(word);
  }

  @Test
  void whatALaterVersionAddsIsLeftOut() throws Exception {
    Word word = Sample.word(Speaker.SCAN, Doing.RUNNING);
    String json = with("\"more\":[1]", word).replace("\"said\":{", "\"said\":{\"most\":2,");

    assertThat(json).contains("more", "most");
    assertThat(WordJson.read(word.key(), json, LATER)).isEqualTo(word);
    assertThat(WordJson.read(word.key(), with("\"version\":1", word), LATER)).isEqualTo(word);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"version\":2",
        "\"version\":null",
        "\"version\":\"one\"",
        "\"version\":1,\"doing\":\"DANCING\"",
        "\"version\":1,\"everyMillis\":0",
        "\"version\":1,\"at\":\"yesterday\"",
        "\"version\":1,\"said\":null",
        "\"version\":1,\"said\":[]",
        "\"instance\":{}"
      })
  void whatCannotBeReadIsNeverTakenForAWord(String change) throws Exception {
    Word word = Sample.word(Speaker.CAPTURE, Doing.RUNNING);

    Word read = WordJson.read(word.key(), with(change, word), LATER);

    assertThat(read.doing()).isEqualTo(Doing.UNREADABLE);
    assertThat(read.doing().isFine()).isFalse();
    assertThat(read.key()).isEqualTo(word.key());
  }

  /** The word's JSON with a field more, or another one. */
  private static String with(String field, Word word) throws JsonProcessingException {
    ObjectNode json = (ObjectNode) MAPPER.readTree(WordJson.write(word));
    json.setAll((ObjectNode) MAPPER.readTree("{" + field + "}"));
    return json.toString();
  }

  @Test
  void nonsenseIsNotAWordEither() {
    WordKey key = Sample.key(Speaker.SCAN, "a");

    assertThat(WordJson.read(key, "nonsense", LATER)).isEqualTo(Word.unreadable(key, LATER));
    assertThat(WordJson.read(key, "", LATER)).isEqualTo(Word.unreadable(key, LATER));
    assertThat(WordJson.read(key, "null", LATER)).isEqualTo(Word.unreadable(key, LATER));
  }

  @Test
  void aKeyNamesWhatTheWordIsAboutAndWhoSaysIt() {
    WordKey key = Sample.key(Speaker.REPLICATOR, "3f2a9c1e77d0");

    assertThat(key.text()).isEqualTo("shop/main/0/replicator/3f2a9c1e77d0");
    assertThat(WordKey.parse(key.text())).contains(key);
    assertThat(WordKey.newInstance()).isNotEqualTo(WordKey.newInstance());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "shop/main/0/capture",
        "shop/main/0/capture/",
        "shop/main/0/capture/a/b",
        "shop/main/x/capture/a",
        "shop/main/0/conductor/a",
        "Shop!/main/0/capture/a"
      })
  void aKeyOfAnotherFormIsNobodys(String text) {
    assertThat(WordKey.parse(text)).isEmpty();
  }
}
