package nl.veer.connectors.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class LogInletTest {
  private final LogInlet inlet = new LogInlet();

  private static List<FetchedRecord> records(long... offsets) {
    return LongStream.of(offsets).mapToObj(offset -> record(offset, 10)).toList();
  }

  private static FetchedRecord record(long offset, int bytes) {
    return new FetchedRecord(offset, new byte[bytes], new RecordHeaders());
  }

  private List<Long> taken() throws InterruptedException {
    return inlet.take(100, Duration.ofMillis(1)).stream().map(FetchedRecord::offset).toList();
  }

  @Test
  void wantsNothingBeforeItsReaderHasSaidFromWhere() throws InterruptedException {
    assertThat(inlet.wantsMore()).isFalse();
    inlet.put(records(0, 1, 2));
    inlet.seek(5);
    assertThat(inlet.wantsMore()).isTrue();
    assertThat(inlet.takeSeek()).hasValue(5);
    assertThat(inlet.takeSeek()).isEmpty();
    assertThat(taken()).isEmpty();
  }

  @Test
  void givesWhatComesAfterTheSeekWasHeardOfInItsOrderAlsoBeyondKafkasOwnRecords()
      throws InterruptedException {
    inlet.seek(5);
    inlet.put(records(40, 41));
    inlet.takeSeek();
    inlet.put(records(5, 6, 8));
    inlet.put(records(11));
    assertThat(taken()).containsExactly(5L, 6L, 8L, 11L);
  }

  @Test
  void letsGoWhatWasFetchedForTheReaderBefore() throws InterruptedException {
    inlet.seek(5);
    inlet.takeSeek();
    inlet.put(records(5, 6, 7));
    inlet.seek(6);
    inlet.put(records(8, 9));
    assertThat(inlet.takeSeek()).hasValue(6);
    inlet.put(records(6, 7));
    assertThat(taken()).containsExactly(6L, 7L);
  }

  @Test
  void givesWhatWasPutBackAgainFirst() throws InterruptedException {
    inlet.seek(0);
    inlet.takeSeek();
    inlet.put(records(0, 1, 2, 3));
    List<FetchedRecord> first = inlet.take(3, Duration.ZERO);
    inlet.giveBack(first.subList(1, 3));
    assertThat(taken()).containsExactly(1L, 2L, 3L);
  }

  @Test
  void saysThatNothingMoreIsWantedUntilHalfIsTaken() throws InterruptedException {
    inlet.seek(0);
    inlet.takeSeek();
    int quarter = (int) (LogInlet.ENOUGH_BYTES / 4);
    inlet.put(LongStream.range(0, 5).mapToObj(offset -> record(offset, quarter)).toList());
    assertThat(inlet.wantsMore()).isFalse();
    inlet.take(2, Duration.ZERO);
    assertThat(inlet.wantsMore()).isFalse();
    inlet.take(1, Duration.ZERO);
    assertThat(inlet.wantsMore()).isTrue();
  }

  @Test
  void failsBehindWhatCameInOrderWhenTheLogIsGivenAgainFromAnEarlierPlace()
      throws InterruptedException {
    inlet.seek(0);
    inlet.takeSeek();
    inlet.put(records(0, 1, 2));
    inlet.put(records(1, 2, 3));
    assertThat(taken()).containsExactly(0L, 1L, 2L);
    assertThatThrownBy(this::taken)
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> {
              assertThat(failure.code()).isEqualTo("LOG_TURNED_BACK");
              assertThat(failure.kind()).isEqualTo(FailureKind.TRANSIENT);
            });
    inlet.seek(3);
    inlet.takeSeek();
    inlet.put(records(3, 4));
    assertThat(taken()).isEqualTo(Arrays.asList(3L, 4L));
  }
}
