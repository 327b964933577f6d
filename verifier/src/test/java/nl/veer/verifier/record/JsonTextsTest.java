package nl.veer.verifier.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTextsTest {

  @Test
  void isJson() {
    assertThat(JsonTexts.write(List.of("a", "b \"c\" \\", "\n\u0001é𝄞")))
        .isEqualTo("[\"a\",\"b \\\"c\\\" \\\\\",\"\\u000a\\u0001é𝄞\"]");
    assertThat(JsonTexts.write(List.of())).isEqualTo("[]");
    assertThat(JsonTexts.write(List.of(""))).isEqualTo("[\"\"]");
  }

  @Test
  void readsBackWhatItWrote() {
    Random random = new Random(4);
    for (int run = 0; run < 1_000; run++) {
      List<String> texts = new ArrayList<>();
      for (int i = random.nextInt(4); i > 0; i--) {
        texts.add(
            random
                .ints(random.nextInt(6), 0, 128)
                .mapToObj(c -> String.valueOf((char) (c < 100 ? c : "\"\\[],u".charAt(c % 6))))
                .reduce("", String::concat));
      }

      assertThat(JsonTexts.read(JsonTexts.write(texts))).isEqualTo(texts);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "[1]", "[\"a\" \"b\"]"})
  void refusesAnythingElse(String json) {
    assertThatThrownBy(() -> JsonTexts.read(json)).isInstanceOf(IllegalArgumentException.class);
  }
}
