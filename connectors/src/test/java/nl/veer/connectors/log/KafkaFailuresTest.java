package nl.veer.connectors.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import javax.security.auth.login.LoginException;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.UnknownTopicIdException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.Test;

class KafkaFailuresTest {

  @Test
  void aTopicThatOneBrokerDoesNotKnowIsAskedForAgain() {
    for (Exception unknown :
        new Exception[] {
          new UnknownTopicOrPartitionException("not here"), new UnknownTopicIdException("not here")
        }) {
      Failure failure = KafkaFailures.of("read", new ExecutionException(unknown));
      assertThat(failure.kind()).isEqualTo(FailureKind.TRANSIENT);
      assertThat(failure.code()).isEqualTo("TOPIC_UNKNOWN");
    }
  }

  @Test
  void aPlaceThatTheLogDoesNotHoldIsLost() {
    Failure failure =
        KafkaFailures.of(
            "read", new OffsetOutOfRangeException(Map.of(new TopicPartition("log", 0), 7L)));
    assertThat(failure.kind()).isEqualTo(FailureKind.LOST_POSITION);
    assertThat(failure.code()).isEqualTo("LOG_LOST");
  }

  @Test
  void aFenceIsAConflict() {
    Failure failure = KafkaFailures.of("write", new ProducerFencedException("another writes"));
    assertThat(failure.kind()).isEqualTo(FailureKind.CONFLICT);
    assertThat(failure.code()).isEqualTo(LogWriter.FENCED);
  }

  @Test
  void aLoginThatFailsIsNotTakenForTls() {
    Failure failure =
        KafkaFailures.of("read", new KafkaException("no client", new LoginException("no KDC")));
    assertThat(failure.code()).isEqualTo("KAFKA_REFUSED");
    assertThat(failure).hasMessageNotContaining("no KDC");
  }

  @Test
  void tooManyOpenFilesPass() {
    Failure failure =
        KafkaFailures.of(
            "read", new KafkaException("no client", new IOException("Too many open files")));
    assertThat(failure.kind()).isEqualTo(FailureKind.TRANSIENT);
    assertThat(failure.code()).isEqualTo("KAFKA_UNAVAILABLE");
  }
}
