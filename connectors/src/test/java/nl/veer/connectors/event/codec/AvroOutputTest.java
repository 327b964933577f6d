package nl.veer.connectors.event.codec;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AvroOutputTest {
  private static final String MIXED = "aé€\uD83D\uDEA2";

  private final AvroOutput out = new AvroOutput();

  @Test
  void largeTextsAreWrittenInSlicesThatPartNoCharacter() {
    for (int shift = 0; shift < 5; shift++) {
      String value = "-".repeat(shift) + MIXED.repeat(10_000);
      assertThat(written(value)).isEqualTo(value);
    }
  }

  @Test
  void halfACharacterBecomesAQuestionMark() {
    String text = "x".repeat(8_191);
    assertThat(written(text + "\uD83D" + text + "\uDEA2")).isEqualTo(text + "?" + text + "?");
  }

  private String written(String value) {
    out.reset();
    out.writeString(value);
    AvroInput in = new AvroInput(out.toBytes(), 0);
    String read = in.readString();
    assertThat(in.isAtEnd()).isTrue();
    return read;
  }
}
