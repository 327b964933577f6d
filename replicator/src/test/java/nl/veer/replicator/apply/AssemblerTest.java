package nl.veer.replicator.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import nl.veer.connectors.event.ColumnEncoding;
import nl.veer.connectors.event.EventPlace;
import nl.veer.connectors.event.Heartbeat;
import nl.veer.connectors.event.LogEvent;
import nl.veer.connectors.event.LsnPosition;
import nl.veer.connectors.event.RowImage;
import nl.veer.connectors.event.RowInserted;
import nl.veer.connectors.event.RowType;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.TransactionBegin;
import nl.veer.connectors.event.TransactionEnd;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.connectors.log.LoggedEvent;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class AssemblerTest {
  private final Assembler assembler = new Assembler(6, 3, 1_000);
  private final List<LogTransaction> ready = new ArrayList<>();
  private long offset = 40;

  @Test
  void handsOverATransactionWhenItsEndIsThere() {
    accept(begin(7), change(7, 1), change(7, 2));
    assertThat(ready).isEmpty();

    accept(end(7, 2));

    assertThat(ready).hasSize(1);
    assertThat(ready.get(0).isWhole()).isTrue();
    assertThat(ready.get(0).number()).isEqualTo(7);
    assertThat(ready.get(0).events()).hasSize(2);
    assertThat(ready.get(0).nextOffset()).isEqualTo(44);
  }

  @Test
  void takesATransactionAnewThatWasTornAndPublishedAgain() {
    accept(begin(7), change(7, 1), begin(7), change(7, 1), change(7, 2), end(7, 2));

    assertThat(ready).hasSize(1);
    assertThat(ready.get(0).events()).hasSize(2);
  }

  @Test
  void passesOverDuplicatesUpToTheirEnd() {
    accept(begin(6), change(6, 1), end(6, 1), begin(7), change(7, 1), end(7, 1));

    assertThat(ready).extracting(LogTransaction::number).containsExactly(7L);
  }

  @Test
  void passesOverATornDuplicate() {
    accept(begin(5), change(5, 1), begin(7), end(7, 0));

    assertThat(ready).extracting(LogTransaction::number).containsExactly(7L);
  }

  @Test
  void handsOverALargeTransactionInParts() {
    accept(begin(7));
    for (int i = 1; i <= 7; i++) {
      accept(change(7, i));
    }
    accept(end(7, 7));

    assertThat(ready).extracting(part -> part.events().size()).containsExactly(3, 3, 1);
    assertThat(ready).extracting(LogTransaction::first).containsExactly(true, false, false);
    assertThat(ready.get(1).end()).isNull();
    assertThat(ready.get(2).end()).isNotNull();
  }

  @Test
  void saysFirstAgainWhenALargeTransactionIsSuperseded() {
    accept(begin(7), change(7, 1), change(7, 2), change(7, 3));
    accept(begin(7), change(7, 1), end(7, 1));

    assertThat(ready).extracting(LogTransaction::first).containsExactly(true, true);
    assertThat(ready.get(1).isWhole()).isTrue();
  }

  @Test
  void stopsWhenATransactionIsMissing() {
    assertGap(() -> accept(begin(8)));
  }

  @Test
  void stopsWhenAChangeIsMissing() {
    assertGap(() -> accept(begin(7), change(7, 1), change(7, 3)));
  }

  @Test
  void stopsWhenAChangeIsDoubled() {
    assertGap(() -> accept(begin(7), change(7, 1), change(7, 1)));
  }

  @Test
  void stopsWhenAnEndIsOfAnotherSourceTransaction() {
    assertGap(
        () ->
            accept(
                begin(7),
                new TransactionEnd(
                    new EventPlace(7, 1), "another", new LsnPosition(7), 0, Instant.EPOCH)));
  }

  @Test
  void stopsWhenTheSourceCountsMoreChangesThanTheLogHas() {
    assertGap(
        () ->
            accept(
                begin(7),
                change(7, 1),
                new TransactionEnd(
                    new EventPlace(7, 2), "99", new LsnPosition(1), 2, Instant.EPOCH)));
  }

  @Test
  void stopsWhenBeginIsMissing() {
    assertGap(() -> accept(change(7, 1)));
  }

  @Test
  void stopsWhenAnotherTransactionsChangeComesBetween() {
    assertGap(() -> accept(begin(7), change(8, 1)));
  }

  @Test
  void boundsAPartByTheMemoryThatItsValuesTake() {
    RowType type =
        new RowType(
            IntStream.range(0, 20)
                .mapToObj(i -> new RowType.Column("c" + i, ColumnEncoding.INT32))
                .toList());
    Object[] numbers = new Object[20];
    Arrays.fill(numbers, 7);

    accept(
        begin(7),
        new RowInserted(
            new EventPlace(7, 1), new TableId("public", "t"), new RowImage(type, numbers)));

    assertThat(ready).hasSize(1);
    assertThat(ready.get(0).isWhole()).isFalse();
  }

  private static void assertGap(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> {
              assertThat(failure.kind()).isEqualTo(FailureKind.LOST_POSITION);
              assertThat(failure.getMessage()).contains("offset", "veer load --again");
            });
  }

  private void accept(LogEvent... events) {
    for (LogEvent event : events) {
      LogTransaction transaction = assembler.accept(new LoggedEvent(offset++, 10, event));
      if (transaction != null) {
        ready.add(transaction);
      }
    }
  }

  private static TransactionBegin begin(long number) {
    return new TransactionBegin(new EventPlace(number, 0), "99");
  }

  private static LogEvent change(long number, long order) {
    return new Heartbeat(new EventPlace(number, order), Instant.EPOCH);
  }

  private static TransactionEnd end(long number, long count) {
    return new TransactionEnd(
        new EventPlace(number, count + 1), "99", new LsnPosition(number), count, Instant.EPOCH);
  }
}
