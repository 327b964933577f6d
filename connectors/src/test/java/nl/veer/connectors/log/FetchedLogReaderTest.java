package nl.veer.connectors.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import nl.veer.connectors.event.codec.EventDecoder;
import nl.veer.connectors.event.codec.SchemaIds;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import org.apache.avro.Schema;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class FetchedLogReaderTest {
  private final LogInlet inlet = new LogInlet();
  private final List<String> done = new ArrayList<>();
  private Runnable sameTopic = () -> {};
  private final FetchedLogReader reader =
      new FetchedLogReader(
          new Topic(),
          () -> sameTopic.run(),
          new EventDecoder(new NoSchemas(), "veer.shop.main.log"),
          () -> done.add("release"),
          inlet);

  @Test
  void meetsARecordThatCannotBeDecodedAgainUntilItIsSoughtElsewhere() {
    reader.seek(3);
    inlet.takeSeek();
    inlet.put(List.of(corrupt(3), corrupt(4)));
    assertThatThrownBy(() -> reader.poll(Duration.ZERO))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("Record 3 of log veer.shop.main.log");
    assertThatThrownBy(() -> reader.poll(Duration.ZERO)).hasMessageContaining("Record 3");
    reader.seek(4);
    inlet.takeSeek();
    assertThat(reader.poll(Duration.ZERO)).isEmpty();
    inlet.put(List.of(corrupt(4)));
    assertThatThrownBy(() -> reader.poll(Duration.ZERO)).hasMessageContaining("Record 4");
  }

  @Test
  void noticesAtAPollThatTheTopicIsAnother() {
    reader.seek(0);
    sameTopic =
        () -> {
          throw new Failure(FailureKind.LOST_POSITION, "LOG_LOST", "It was made anew.");
        };
    assertThatThrownBy(() -> reader.poll(Duration.ZERO)).hasMessage("It was made anew.");
  }

  @Test
  void asksTheTopicForItsEndsAndLetsGoOfAllAtTheEnd() {
    assertThat(reader.beginOffset()).isEqualTo(2);
    assertThat(reader.endOffset()).isEqualTo(9);
    assertThat(reader.logId()).isEqualTo("id");
    assertThat(reader.isAtEnd()).isFalse();
    reader.close();
    assertThat(done).containsExactly("topic", "release");
  }

  private static FetchedRecord corrupt(long offset) {
    return new FetchedRecord(
        offset, "no event".getBytes(StandardCharsets.UTF_8), new RecordHeaders());
  }

  private final class Topic implements LogReader {
    @Override
    public String logId() {
      return "id";
    }

    @Override
    public long beginOffset() {
      return 2;
    }

    @Override
    public long endOffset() {
      return 9;
    }

    @Override
    public boolean isAtEnd() {
      return true;
    }

    @Override
    public void seek(long offset) {
      throw new IllegalStateException("The topic's own place is nobody's business");
    }

    @Override
    public List<LoggedEvent> poll(Duration timeout) {
      throw new IllegalStateException("Somebody else fetches");
    }

    @Override
    public void close() {
      done.add("topic");
    }
  }

  private static final class NoSchemas implements SchemaIds {
    @Override
    public int idOf(Schema schema) {
      throw new IllegalStateException("Nothing is written");
    }

    @Override
    public Schema byId(int id) {
      throw new IllegalStateException("Nothing gets as far");
    }
  }
}
