package nl.veer.connectors.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nl.veer.connectors.event.EventPlace;
import nl.veer.connectors.event.LsnPosition;
import nl.veer.connectors.event.codec.LogHeaders;
import nl.veer.connectors.event.codec.RecordKind;
import nl.veer.connectors.failure.Failure;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class LogTailTest {
  private static final TopicPartition LOG = new TopicPartition("log", 0);

  private final List<Headers> records = new ArrayList<>();

  @Test
  void findsNothingInAnEmptyLog() {
    assertThat(tail()).isEqualTo(new LogTail(null, null, 0, null, 0));
  }

  @Test
  void readsTheOriginInFrontOfTheFirstTransaction() {
    records.add(LogHeaders.origin("1:1:db", null));
    assertThat(tail()).isEqualTo(new LogTail("1:1:db", null, 0, null, 0));
    records.add(LogHeaders.origin("1:1:db", new LsnPosition(5)));
    assertThat(tail()).isEqualTo(new LogTail("1:1:db", new LsnPosition(5), 0, null, 0));
  }

  @Test
  void findsTheLastWholeTransaction() {
    transaction(1, 2, 100);
    transaction(2, 1, 200);
    assertThat(tail()).isEqualTo(new LogTail(null, null, 2, new LsnPosition(200), 7));
  }

  @Test
  void leavesATornTailOut() {
    transaction(1, 2, 100);
    begin(2);
    change(2, 1);
    assertThat(tail()).isEqualTo(new LogTail(null, null, 1, new LsnPosition(100), 4));
  }

  @Test
  void leavesATailThatWasTornTwiceOut() {
    transaction(1, 1, 100);
    begin(2);
    change(2, 1);
    begin(2);
    assertThat(tail().transaction()).isEqualTo(1);
  }

  @Test
  void looksBackOverAHugeTornTail() {
    transaction(1, 1, 100);
    begin(2);
    for (int i = 1; i < 20_000; i++) {
      change(2, i);
    }
    assertThat(tail()).isEqualTo(new LogTail(null, null, 1, new LsnPosition(100), 3));
  }

  @Test
  void refusesAnEndThatCannotBeReadWithItsOffset() {
    begin(1);
    Headers end = LogHeaders.event(RecordKind.END, new EventPlace(1, 1));
    LogHeaders.withPosition(end, new LsnPosition(100));
    LogHeaders.withWitness(end, "1");
    LogHeaders.withWitness(end, "2");
    records.add(end);
    assertCorrupt(1);
  }

  @Test
  void refusesAnOriginThatCannotBeReadWithItsOffset() {
    Headers origin = LogHeaders.origin("1:1:db", null);
    origin.add("veer.source", new byte[0]);
    records.add(origin);
    assertCorrupt(0);
  }

  private void assertCorrupt(long offset) {
    assertThatThrownBy(this::tail)
        .hasMessageContaining("Record " + offset)
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.code()).isEqualTo("RECORD_CORRUPT"));
  }

  private void transaction(long number, int changes, long position) {
    begin(number);
    for (int i = 1; i <= changes; i++) {
      change(number, i);
    }
    Headers end = LogHeaders.event(RecordKind.END, new EventPlace(number, changes + 1));
    LogHeaders.withPosition(end, new LsnPosition(position));
    records.add(end);
  }

  private void begin(long number) {
    records.add(LogHeaders.event(RecordKind.BEGIN, new EventPlace(number, 0)));
  }

  private void change(long number, long order) {
    records.add(LogHeaders.event(RecordKind.INSERT, new EventPlace(number, order)));
  }

  /** Kafka's own fake; it gives each record once, so it is filled anew at each seek. */
  private LogTail tail() {
    MockConsumer<byte[], byte[]> consumer =
        new MockConsumer<>("none") {
          @Override
          public synchronized void seek(TopicPartition partition, long offset) {
            super.seek(partition, offset);
            for (int i = (int) offset; i < records.size(); i++) {
              addRecord(record(i));
            }
          }
        };
    consumer.updateBeginningOffsets(Map.of(LOG, 0L));
    consumer.updateEndOffsets(Map.of(LOG, (long) records.size()));
    return LogTail.read(consumer, LOG);
  }

  private ConsumerRecord<byte[], byte[]> record(int offset) {
    return new ConsumerRecord<>(
        LOG.topic(),
        0,
        offset,
        0,
        TimestampType.CREATE_TIME,
        0,
        0,
        null,
        new byte[0],
        records.get(offset),
        Optional.empty());
  }
}
