package nl.veer.connectors.log;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.UnknownTopicIdException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/** Turns what Kafka's clients throw into {@link Failure}s; the only place that does. */
final class KafkaFailures {

  private KafkaFailures() {}

  /**
   * @param step what was being done, for example {@code "write to topic x"}
   */
  static Failure of(String step, Throwable thrown) {
    Throwable cause = unwrap(thrown);
    if (cause instanceof Failure failure) {
      return failure;
    }
    if (cause instanceof InterruptException || cause instanceof InterruptedException) {
      Thread.currentThread().interrupt();
      return failure(FailureKind.TRANSIENT, "KAFKA_INTERRUPTED", step, "it was interrupted", cause);
    }
    if (cause instanceof ProducerFencedException) {
      return failure(
          FailureKind.CONFLICT,
          LogWriter.FENCED,
          step,
          "another capture of this wave writes to its log now; this one has ended",
          cause);
    }
    if (isUnknownTopic(cause)) {
      // Perhaps a broker that has just started; LogTopic, which asks again, decides.
      return failure(
          FailureKind.TRANSIENT, "TOPIC_UNKNOWN", step, "a broker does not know it now", cause);
    }
    if (isLost(cause)) {
      return failure(
          FailureKind.LOST_POSITION,
          "LOG_LOST",
          step,
          "the topic or the place in it is gone; load anew with veer load --again",
          cause);
    }
    if (cause instanceof RecordTooLargeException) {
      return failure(
          FailureKind.SOURCE_DATA,
          "RECORD_TOO_LARGE",
          step,
          "a row is larger than the topic's max.message.bytes or the writer's buffer; raise"
              + " max.message.bytes of the topic",
          cause);
    }
    if (isConfiguration(cause)) {
      return failure(
          FailureKind.CONFIGURATION, "KAFKA_REFUSED", step, String.valueOf(cause), cause);
    }
    if (cause instanceof KafkaException) {
      return failure(
          FailureKind.TRANSIENT, "KAFKA_UNAVAILABLE", step, String.valueOf(cause), cause);
    }
    return failure(FailureKind.BUG, "KAFKA_UNEXPECTED", step, String.valueOf(cause), cause);
  }

  private static boolean isLost(Throwable cause) {
    return cause instanceof InvalidOffsetException;
  }

  private static boolean isUnknownTopic(Throwable cause) {
    return cause instanceof UnknownTopicOrPartitionException
        || cause instanceof UnknownTopicIdException;
  }

  private static boolean isConfiguration(Throwable cause) {
    return cause instanceof AuthenticationException
        || cause instanceof AuthorizationException
        || cause instanceof ConfigException
        || cause instanceof InvalidReplicationFactorException
        || cause instanceof UnsupportedVersionException
        || cause.getCause() instanceof ConfigException;
  }

  private static Throwable unwrap(Throwable thrown) {
    Throwable cause = thrown;
    while (cause.getCause() != null
        && (cause instanceof ExecutionException
            || cause instanceof CompletionException
            || cause.getClass() == KafkaException.class)) {
      cause = cause.getCause();
    }
    return cause;
  }

  private static Failure failure(
      FailureKind kind, String code, String step, String why, Throwable cause) {
    return new Failure(kind, code, "Could not " + step + ": " + why + ".", cause);
  }
}
