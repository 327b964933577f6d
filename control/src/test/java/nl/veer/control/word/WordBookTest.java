package nl.veer.control.word;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import nl.veer.connectors.log.StatusRecord;
import org.junit.jupiter.api.Test;

/**
 * Who is silent, by the broker's clock and a clock that only runs; the wall clock may say anything.
 */
class WordBookTest {
  private static final WordKey ONE = Sample.key(Speaker.CAPTURE, "one");
  private static final WordKey OTHER = Sample.key(Speaker.CAPTURE, "other");
  private static final WordKey LEDGER = Sample.key(Speaker.LEDGER, "one");
  private static final Duration HOUR = Duration.ofHours(1);

  private final WordBook book = new WordBook();
  private Instant wall = Sample.AT;
  private long nanos = 17;

  @Test
  void aWordThatIsFollowedUpIsNotSilent() {
    for (int second = 0; second < 5; second++) {
      hear(true, said(ONE, Doing.RUNNING, wall));
      pass(Duration.ofSeconds(1));
    }

    assertThat(only().silent()).isFalse();
    assertThat(only().speaks()).isTrue();
    assertThat(only().age()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void afterThreeWordsThatAreMissingARoleIsSilentAndItsAgeGrows() {
    hear(true, said(ONE, Doing.RUNNING, wall));

    pass(Duration.ofSeconds(3));
    assertThat(only().silent()).isFalse();
    pass(Duration.ofMillis(1));
    assertThat(only().silent()).isTrue();
    assertThat(only().speaks()).isFalse();
    pass(HOUR);
    assertThat(only().age()).isEqualTo(HOUR.plusMillis(3_001));
  }

  @Test
  void whoHasEndedIsNotSilentHoweverLongAgo() {
    hear(true, said(ONE, Doing.ENDED, wall));
    pass(HOUR);

    assertThat(only().silent()).isFalse();
    assertThat(only().speaks()).isFalse();
    assertThat(only().hasEnded()).isTrue();
  }

  @Test
  void whatWasThereBeforeIsDatedByTheBroker() {
    hear(false, said(ONE, Doing.RUNNING, wall.minus(HOUR)), said(LEDGER, Doing.RUNNING, wall));

    assertThat(heard(ONE).silent()).isTrue();
    assertThat(heard(ONE).age()).isEqualTo(HOUR);
    assertThat(heard(LEDGER).silent()).isFalse();
  }

  @Test
  void aWallClockThatIsBehindMakesNobodyYoungerOnceSomebodySpeaks() {
    Instant broker = wall.plus(HOUR);
    hear(false, said(ONE, Doing.RUNNING, broker.minusSeconds(10)));
    assertThat(book.knowsBrokerTime()).isFalse();

    hear(true, said(LEDGER, Doing.RUNNING, broker));

    assertThat(book.knowsBrokerTime()).isTrue();
    assertThat(heard(ONE).silent()).isTrue();
    assertThat(heard(ONE).age()).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void aWallClockThatIsBehindHidesNobodysSilenceForLong() {
    hear(false, said(ONE, Doing.RUNNING, wall.plus(HOUR)));

    pass(Duration.ofMillis(3_001));

    assertThat(only().silent()).isTrue();
  }

  @Test
  void aWallClockThatIsAheadSilencesNobodyWhoSpeaks() {
    hear(false, said(ONE, Doing.RUNNING, wall.minus(HOUR)));
    hear(true, said(LEDGER, Doing.RUNNING, wall.minus(HOUR)));

    assertThat(heard(ONE).silent()).isFalse();
    assertThat(heard(LEDGER).silent()).isFalse();
  }

  @Test
  void jumpsOfTheWallClockChangeNothingForWhoFollows() {
    hear(true, said(ONE, Doing.RUNNING, wall));
    pass(Duration.ofSeconds(2));

    wall = wall.plus(HOUR);
    assertThat(only().silent()).isFalse();
    wall = wall.minus(HOUR).minus(HOUR);
    assertThat(only().age()).isEqualTo(Duration.ofSeconds(2));
    pass(Duration.ofSeconds(2));
    assertThat(only().silent()).isTrue();
  }

  @Test
  void whatCameLateIsAsOldAsItIs() {
    hear(true, said(ONE, Doing.RUNNING, wall.minusSeconds(40)), said(LEDGER, Doing.RUNNING, wall));

    assertThat(heard(ONE).silent()).isTrue();
    assertThat(heard(ONE).age()).isEqualTo(Duration.ofSeconds(40));
  }

  @Test
  void nobodyKeepsHimselfYoungByASlowRhythm() {
    Word slow =
        new Word(
            ONE, Doing.RUNNING, wall, Duration.ofDays(7), null, new CaptureSaid(null, 0, 0, 0));
    hear(true, Sample.record(slow, wall));

    pass(Duration.ofMinutes(3).plusMillis(1));

    assertThat(only().silent()).isTrue();
  }

  @Test
  void theLastWordOfEachKeyIsKeptAndWhatIsTakenBackIsGone() {
    hear(
        true,
        said(ONE, Doing.STARTING, wall),
        said(OTHER, Doing.RUNNING, wall),
        said(ONE, Doing.RETRYING, wall),
        new StatusRecord(OTHER.text(), null, wall),
        new StatusRecord("what is this", "{}", wall));

    assertThat(only().word().doing()).isEqualTo(Doing.RETRYING);
  }

  @Test
  void itHoldsNoMoreThanItsMost() {
    List<StatusRecord> many = new ArrayList<>();
    for (int i = 0; i <= WordBook.MOST_KEYS; i++) {
      many.add(new StatusRecord(Sample.key(Speaker.SCAN, "i" + i).text(), "{}", wall));
    }
    book.hear(many, true, nanos);

    List<Heard> heard = book.heard(wall, nanos);
    assertThat(heard).hasSize(WordBook.MOST_KEYS);
    assertThat(heard).noneMatch(one -> one.key().instance().equals("i0"));
  }

  @Test
  void ofARoleTheNewestWordStaysAndOfOthersThoseThatMayYetBeFollowedUp() {
    WordKey recent = Sample.key(Speaker.CAPTURE, "recent");
    WordKey ended = Sample.key(Speaker.CAPTURE, "ended");
    hear(
        false,
        said(ONE, Doing.RUNNING, wall.minus(HOUR).minusSeconds(1)),
        said(LEDGER, Doing.RUNNING, wall.minus(HOUR).minusSeconds(1)),
        said(recent, Doing.RUNNING, wall.minus(HOUR)),
        said(ended, Doing.ENDED, wall.minusSeconds(1)),
        said(OTHER, Doing.ENDED, wall));

    assertThat(book.outlived(HOUR)).containsExactlyInAnyOrder(ONE, ended);
  }

  @Test
  void ofSeveralProcessesTheOneThatDoesTheWorkIsTheRole() {
    hear(
        true,
        said(ONE, Doing.RUNNING, wall),
        said(OTHER, Doing.RETRYING, wall),
        said(LEDGER, Doing.RUNNING, wall));
    assertThat(last().key()).isEqualTo(ONE);
    assertThat(words().speaking(Sample.WAVE, 0, Speaker.CAPTURE)).isEqualTo(2);

    pass(Duration.ofSeconds(4));
    hear(true, said(OTHER, Doing.RETRYING, wall));
    assertThat(last().key()).isEqualTo(OTHER);

    hear(true, said(OTHER, Doing.ENDED, wall));
    assertThat(last().hasEnded()).isTrue();
    assertThat(words().speaking(Sample.WAVE)).isEmpty();
    assertThat(words().areAllEnded()).isFalse();
    hear(true, said(LEDGER, Doing.ENDED, wall));
    assertThat(words().areAllEnded()).isTrue();
  }

  private Heard last() {
    return words().last(Sample.WAVE, 0, Speaker.CAPTURE).orElseThrow();
  }

  private Words words() {
    return new Words(book.heard(wall, nanos), Words.Reach.FOLLOWING, null, true);
  }

  private static StatusRecord said(WordKey key, Doing doing, Instant at) {
    return Sample.record(Sample.word(key, doing), at);
  }

  private void hear(boolean following, StatusRecord... records) {
    book.hear(List.of(records), following, nanos);
  }

  private void pass(Duration time) {
    wall = wall.plus(time);
    nanos += time.toNanos();
  }

  private Heard only() {
    List<Heard> heard = book.heard(wall, nanos);
    assertThat(heard).hasSize(1);
    return heard.get(0);
  }

  private Heard heard(WordKey key) {
    return book.heard(wall, nanos).stream()
        .filter(one -> one.key().equals(key))
        .findFirst()
        .orElseThrow();
  }
}
