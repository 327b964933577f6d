package nl.veer.control.mutation;

import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import nl.veer.connectors.event.ChangeEvent;
import nl.veer.connectors.event.LsnPosition;
import nl.veer.connectors.event.TransactionBegin;
import nl.veer.connectors.event.TransactionEnd;
import nl.veer.connectors.event.codec.LogHeaders;
import nl.veer.connectors.log.LogReader;
import nl.veer.connectors.log.LogTail;
import nl.veer.connectors.log.LogWriter;
import nl.veer.connectors.log.LoggedEvent;
import nl.veer.control.crossing.CrossingWorld;
import nl.veer.control.wave.OpenLog;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * What a capture would write that is wrong: while the world's capture is away, transactions of the
 * log are written to it again, and the source's slot is moved on, so that what came between is
 * never captured. The numbering stays without a gap, and the capture that comes next goes on behind
 * the forgery without a doubt.
 */
final class ForgedLog {
  private static final Duration POLL = Duration.ofMillis(200);

  private final CrossingWorld world;
  private final OpenLog log;

  ForgedLog(CrossingWorld world, OpenLog log) {
    this.world = world;
    this.log = log;
  }

  /**
   * Offsets of whole transactions of the log.
   *
   * @return to each wish, the last transaction that has such a change
   */
  List<List<Long>> transactions(List<Predicate<ChangeEvent>> wishes) {
    long last = LogTail.read(log.kafka(), world.wave).transaction();
    List<List<Long>> found = new ArrayList<>();
    wishes.forEach(any -> found.add(List.of()));
    List<LoggedEvent> open = new ArrayList<>();
    try (LogReader reader = log.reader(world.wave)) {
      reader.seek(reader.beginOffset());
      for (long transaction = 0; transaction < last; ) {
        for (LoggedEvent logged : reader.poll(POLL)) {
          if (logged.event() instanceof TransactionBegin) {
            open.clear();
          }
          open.add(logged);
          if (logged.event() instanceof TransactionEnd) {
            transaction = logged.event().place().transaction();
            note(open, wishes, found);
          }
        }
      }
    }
    return found;
  }

  private static void note(
      List<LoggedEvent> transaction, List<Predicate<ChangeEvent>> wishes, List<List<Long>> found) {
    for (int i = 0; i < wishes.size(); i++) {
      Predicate<ChangeEvent> wish = wishes.get(i);
      if (transaction.stream()
          .anyMatch(each -> each.event() instanceof ChangeEvent change && wish.test(change))) {
        found.set(i, transaction.stream().map(LoggedEvent::offset).toList());
      }
    }
  }

  /**
   * Writes these transactions again, and forgets what the source has committed since its capture
   * ended.
   */
  void forge(List<List<Long>> transactions) throws SQLException {
    LogTail tail = LogTail.read(log.kafka(), world.wave);
    LsnPosition end =
        LsnPosition.parse(
            world.sourceText(
                "SELECT end_lsn FROM pg_replication_slot_advance('"
                    + world.wave.slot()
                    + "', pg_current_wal_insert_lsn())"));
    long number = tail.transaction();
    long position = end.lsn() - transactions.size();
    try (LogWriter writer = LogWriter.open(log.kafka(), world.wave, log.topic())) {
      for (List<Long> transaction : transactions) {
        number++;
        position++;
        for (ConsumerRecord<byte[], byte[]> record : records(transaction)) {
          writer.append(record.value(), again(record.headers(), number, position));
        }
      }
      writer.commit();
    }
  }

  private static Headers again(Headers before, long number, long position) {
    Headers headers = new RecordHeaders();
    for (Header header : before) {
      switch (header.key()) {
        case "veer.tx" ->
            headers.add(header.key(), ByteBuffer.allocate(Long.BYTES).putLong(number).array());
        case "veer.position" -> LogHeaders.withPosition(headers, new LsnPosition(position));
        default -> headers.add(header);
      }
    }
    return headers;
  }

  private List<ConsumerRecord<byte[], byte[]>> records(List<Long> offsets) {
    TopicPartition topic = new TopicPartition(world.wave.logTopic(), 0);
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", world.servers().bootstrap()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.assign(List.of(topic));
      consumer.seek(topic, Objects.requireNonNull(offsets.get(0)));
      while (records.size() < offsets.size()) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          if (offsets.contains(record.offset())) {
            records.add(record);
          }
        }
      }
    }
    return records;
  }
}
