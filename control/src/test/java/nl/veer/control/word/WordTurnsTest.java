package nl.veer.control.word;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class WordTurnsTest {
  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final Word CAPTURE = Sample.word(Speaker.CAPTURE, Doing.RUNNING);
  private static final Word LEDGER = Sample.word(Speaker.LEDGER, Doing.RUNNING);

  private final WordTurns turns = new WordTurns(EVERY);

  @Test
  void aRoleSpeaksInItsRhythm() {
    assertThat(due(0, CAPTURE)).containsExactly(CAPTURE);
    assertThat(due(999, CAPTURE)).isEmpty();
    assertThat(due(1_000, CAPTURE)).containsExactly(CAPTURE);
    assertThat(due(1_500, CAPTURE)).isEmpty();
  }

  @Test
  void newsIsSaidAtOnceAndACounterIsNone() {
    due(0, CAPTURE);
    Word counted =
        new Word(
            CAPTURE.key(), Doing.RUNNING, Sample.AT, EVERY, null, new CaptureSaid("0/9", 9, 9, 9));
    Word troubled = Sample.word(Speaker.CAPTURE, Doing.RETRYING);
    Word otherwise =
        new Word(CAPTURE.key(), Doing.RETRYING, Sample.AT, EVERY, "OTHER_CODE: x", troubled.said());

    assertThat(due(100, counted)).isEmpty();
    assertThat(due(200, troubled)).containsExactly(troubled);
    assertThat(due(300, otherwise)).containsExactly(otherwise);
  }

  @Test
  void aRoleThatIsGoneSaysOnceThatItHasEndedAndKeepsWhatWasWrong() {
    Word failed = Sample.word(Speaker.LEDGER, Doing.FAILED);
    due(0, CAPTURE, failed);

    assertThat(due(100, CAPTURE)).containsExactly(failed.ended(Sample.AT));
    assertThat(due(200, CAPTURE)).isEmpty();
    assertThat(due(300)).containsExactly(CAPTURE.ended(Sample.AT));
    assertThat(failed.ended(Sample.AT).failure()).startsWith("SOME_CODE");
  }

  @Test
  void aRoleThatComesBackSpeaksAgain() {
    due(0, LEDGER);
    due(100);

    assertThat(due(200, LEDGER)).containsExactly(LEDGER);
    assertThat(due(300)).containsExactly(LEDGER.ended(Sample.AT));
  }

  private List<Word> due(long millis, Word... now) {
    long nanos = Duration.ofMillis(millis).toNanos();
    List<Word> due = turns.due(List.of(now), Sample.AT, nanos);
    due.forEach(word -> turns.said(word, nanos));
    return due;
  }
}
